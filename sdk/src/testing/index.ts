export type { MockAccount, TaskRun } from './accounts/mock-account.ts';
export type { Span } from './clock/mock-clock.ts';
export { type HostBackend, HostBackendError } from './engine/host-backend.ts';
export type { Fault, FaultKind } from './faults/faults.ts';
export type { Hold, HoldOptions } from './faults/held-requests.ts';
export { type ExpectedUse, type UsageKitMatchers, usageKitMatchers } from './matchers/matchers.ts';
export { createUsageKitMock } from './mock/create-usagekit-mock.ts';
export { fetchAt, type MountOptions } from './mock/mounted.ts';
export type {
  MockOptions,
  MockViewer,
  ScenarioChoice,
  UsageKitMock,
  ViewerOptions,
} from './mock/usagekit-mock.ts';
export { cleanupUsageKit } from './render/cleanup.ts';
export {
  type Rendered,
  type RenderedHook,
  type RenderOptions,
  renderHook,
  renderWithUsageKit,
  usageKitWrapper,
  type WrapperOptions,
} from './render/render-with-usagekit.tsx';
export { stableMarkup, usageKitSerializer, withStableIds } from './render/stable-markup.ts';
export type { RecordedRequest, RequestFilter } from './requests/request-log.ts';
export { defaultCatalog } from './scenarios/default-catalog.ts';
export type { Scenario, ScenarioPlan, ScenarioTools } from './scenarios/scenario.ts';
export { type ScenarioName, scenarios } from './scenarios/scenarios.ts';
export type { MockWebhooks, WebhookDelivery, WebhookReceiver } from './webhooks/webhooks.ts';
