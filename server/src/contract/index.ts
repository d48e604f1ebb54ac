export type * from './access.ts';
export type * from './account.ts';
export type * from './activity.ts';
export { type AnswerAt, addressOf, type FilledAddress } from './address-of.ts';
export type * from './amount.ts';
export type * from './api.ts';
export type * from './catalog.ts';
export type * from './charges.ts';
export type * from './clocks.ts';
export type * from './credits.ts';
export { csvLine } from './csv-line.ts';
export { defineCatalog } from './define-catalog.ts';
export type * from './diagnosis.ts';
export { doubled, msPerDay } from './durations.ts';
export type * from './erasures.ts';
export { type ErrorCode, errors, type ProblemCode, type RefusalReason, refusals } from './errors.ts';
export type * from './events.ts';
export type * from './explain.ts';
export {
  type ArchiveQuery,
  type ExportDataset,
  type ExportedFile,
  type ExportFormat,
  type ExportManifest,
  type ExportQuery,
  exportDatasets,
} from './exports.ts';
export type * from './forecast.ts';
export type * from './gate.ts';
export { hasTaskText } from './has-task-text.ts';
export type * from './holds.ts';
export type * from './invoices.ts';
export { levelOfPercent, levelSteps, meterLevels, softLimitPercent } from './levels.ts';
export { limits } from './limits.ts';
export type * from './meta.ts';
export { type ModelUse, type ModelUseName, modelUseNames, modelUses } from './model-uses.ts';
export { newIdempotencyKey } from './new-idempotency-key.ts';
export {
  type CreatedWebhookEndpoint,
  type DeliveryStatus,
  type Notice,
  type NoticeBody,
  type NoticeDelivery,
  type NoticeQuery,
  type NoticeSubjectBody,
  type NoticeType,
  noticeTypes,
  type WebhookEndpoint,
  type WebhookEndpointInput,
} from './notices.ts';
export type * from './operations.ts';
export { otherValue } from './other-value.ts';
export type * from './page.ts';
export type * from './pairings.ts';
export { headers, paths } from './paths.ts';
export type * from './plans.ts';
export type * from './problem.ts';
export type * from './purchases.ts';
export type * from './routing.ts';
export { byteOrderMark, spreadsheetCell } from './spreadsheet-cell.ts';
export {
  type BeatMessage,
  beatSeconds,
  type ChangeMessage,
  type HelloMessage,
  type MovedAnswers,
  type StreamMessage,
  socketCloseCodes,
  socketProtocol,
  socketTokenPrefix,
  type View,
} from './stream.ts';
export type * from './subscription.ts';
export type * from './summary.ts';
export type * from './tasks.ts';
export { taskExportColumns } from './tasks.ts';
export type * from './usage.ts';
export type * from './uses.ts';
export type * from './voids.ts';
