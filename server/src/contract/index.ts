export type * from './access/access.ts';
export type * from './accounts/account.ts';
export { blockReasons } from './accounts/block-reasons.ts';
export type * from './accounts/summary.ts';
export type * from './activity/activity.ts';
export type * from './api.ts';
export { apiBounds } from './api-bounds.ts';
export type * from './catalog/catalog.ts';
export type * from './catalog/catalog-view.ts';
export { defineCatalog } from './catalog/define-catalog.ts';
export { type ModelUse, type ModelUseName, modelUseNames, modelUses } from './catalog/model-uses.ts';
export type * from './catalog/plans.ts';
export type * from './catalog/routing.ts';
export type * from './clocks/clocks.ts';
export type * from './credits/credits.ts';
export type * from './credits/explain.ts';
export type * from './diagnosis/diagnosis.ts';
export type * from './erasures/erasures.ts';
export type * from './events/events.ts';
export { csvLine } from './exports/csv-line.ts';
export {
  type ArchiveQuery,
  type ExportDataset,
  type ExportedFile,
  type ExportFormat,
  type ExportManifest,
  type ExportQuery,
  exportDatasets,
} from './exports/exports.ts';
export { byteOrderMark, spreadsheetCell } from './exports/spreadsheet-cell.ts';
export type * from './forecast/forecast.ts';
export { roundEstimate } from './forecast/round-estimate.ts';
export type * from './gate/gate.ts';
export type * from './holds/holds.ts';
export { type AnswerAt, addressOf, type FilledAddress } from './http/address-of.ts';
export { type ErrorCode, errors, type ProblemCode, type RefusalReason, refusals } from './http/errors.ts';
export { accountVersionHeader, headers, idempotencyKeyHeader } from './http/headers.ts';
export { newIdempotencyKey } from './http/new-idempotency-key.ts';
export type * from './http/page.ts';
export { paths } from './http/paths.ts';
export type * from './http/problem.ts';
export type * from './invoices/charges.ts';
export type * from './invoices/invoices.ts';
export { callerKinds } from './keys/caller-kinds.ts';
export type * from './keys/keys.ts';
export type * from './limits/limits.ts';
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
} from './live/stream.ts';
export type * from './members/members.ts';
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
} from './notices/notices.ts';
export type * from './operations/operations.ts';
export type * from './own-keys/own-keys.ts';
export type * from './pairings/pairings.ts';
export type * from './purchases/purchases.ts';
export type * from './server/meta.ts';
export type * from './subscription/subscription.ts';
export { hasTaskText } from './tasks/has-task-text.ts';
export type * from './tasks/tasks.ts';
export { taskExportColumns } from './tasks/tasks.ts';
export { levelOfPercent, levelSteps, meterLevels, softLimitPercent } from './usage/levels.ts';
export { otherValue } from './usage/other-value.ts';
export type * from './usage/usage.ts';
export type * from './usage/uses.ts';
export { windowKinds } from './usage/window-kinds.ts';
export type * from './values/amount.ts';
export { doubled, msPerDay, msPerHour } from './values/durations.ts';
export { inOnePiece } from './values/reading-order.ts';
export type * from './voids/voids.ts';
