export { newIdempotencyKey } from '@usagekit/server/contract';
export { readActivity } from './client/activity/read-activity.ts';
export {
  type CallOptions,
  type ClientOptions,
  createClient,
  type UsageKitClient,
} from './client/create-client.ts';
export { readDiagnosis } from './client/diagnosis/read-diagnosis.ts';
export {
  payInvoice,
  readCharges,
  readInvoicePdf,
  readInvoices,
  readUpcomingInvoice,
} from './client/invoices/invoices.ts';
export { readMembers, saveAllocations } from './client/members/members.ts';
export { readOwnKeys, removeOwnKey, saveOwnKey } from './client/own-keys/own-keys.ts';
export {
  decidePairing,
  disconnectBrowser,
  readConnectedBrowsers,
  readPairing,
} from './client/pairings/browsers.ts';
export {
  purchaseCredits,
  readAutoTopUp,
  saveAutoTopUp,
  startPaymentSession,
} from './client/purchases/purchases.ts';
export { type FirstAnswers, type FirstView, readFirstAnswers } from './client/read-first-answers.ts';
export {
  type AccountCommand,
  changeSubscription,
  previewSubscription,
  withdrawCharge,
} from './client/subscription/subscription-changes.ts';
export type { GetToken, Session } from './client/token-source.ts';
export { type ClientErrorCode, UsageKitError } from './client/usagekit-error.ts';
export { ActivityLog, type ActivityLogProps } from './components/activity-log/index.ts';
export { AddOns, type AddOnsProps } from './components/add-ons/index.ts';
export { AdditionalUse, type AdditionalUseProps } from './components/additional-use/index.ts';
export { AlertEditor, type AlertEditorProps, type AlertedMeter } from './components/alert-editor/index.ts';
export { AutoTopUp, type AutoTopUpProps } from './components/auto-top-up/index.ts';
export { BillingBanner, type BillingBannerProps } from './components/billing-banner/index.ts';
export {
  BillingPage,
  type BillingPageProps,
  type BillingSection,
} from './components/billing-page/index.ts';
export { ConnectBrowser, type ConnectBrowserProps } from './components/connect-browser/index.ts';
export { ConnectedBrowsers, type ConnectedBrowsersProps } from './components/connected-browsers/index.ts';
export {
  CreditBalance,
  type CreditBalanceProps,
  SpentByMember,
  type SpentByMemberProps,
} from './components/credit-balance/index.ts';
export { DedicatedIps, type DedicatedIpsProps } from './components/dedicated-ips/index.ts';
export { Gate, type GateProps } from './components/gate/index.ts';
export {
  Charges,
  type ChargesProps,
  Invoices,
  type InvoicesProps,
  PaymentMethod,
  type PaymentMethodProps,
  UpcomingInvoice,
  type UpcomingInvoiceProps,
  UsageCosts,
  type UsageCostsProps,
} from './components/invoices/index.ts';
export { LimitEditor, type LimitEditorProps, type LimitedMeter } from './components/limit-editor/index.ts';
export {
  MemberAllocations,
  type MemberAllocationsProps,
  type MemberShares,
} from './components/member-allocations/index.ts';
export { Meter, type MeterFigures, type MeterProps } from './components/meter/meter.tsx';
export { ModelCost, type ModelCostProps } from './components/model-cost/index.ts';
export { ModelPicker, type ModelPickerProps } from './components/model-picker/index.ts';
export { OutOfCredits, type OutOfCreditsProps } from './components/out-of-credits/index.ts';
export { type KeyFeature, OwnKeys, type OwnKeysProps } from './components/own-keys/index.ts';
export type { AccountPage, PageLinks } from './components/page-nav/page-nav.tsx';
export { BudgetBar, type BudgetBarProps } from './components/parts/bars/budget-bar.tsx';
export { WidgetRoot, type WidgetRootProps } from './components/parts/widget/widget-root.tsx';
export { PlanCard, type PlanCardProps } from './components/plan-card/index.ts';
export {
  PlanComparison,
  type PlanComparisonProps,
  type PlanOffer,
} from './components/plan-comparison/index.ts';
export { PlanLimits, type PlanLimitsProps } from './components/plan-limits/index.ts';
export {
  PurchaseDialog,
  type PurchaseDialogProps,
  type PurchaseOffer,
} from './components/purchase-dialog/index.ts';
export { Seats, type SeatsProps } from './components/seats/index.ts';
export { TaskTable, type TaskTableProps } from './components/task-table/index.ts';
export { TasksPage, type TasksPageProps } from './components/tasks-page/index.ts';
export { UsageForecast, type UsageForecastProps } from './components/usage-forecast/index.ts';
export { UsagePage, type UsagePageProps } from './components/usage-page/index.ts';
export { UsagePanel, type UsagePanelProps } from './components/usage-panel/index.ts';
export { WhyBlocked, type WhyBlockedProps } from './components/why-blocked/index.ts';
export type { KeyProvider, KeyProviders } from './derive/own-keys/key-providers.ts';
export { columnDecimals } from './format/column-decimals.ts';
export { createFormat, type Format, type FormatSettings } from './format/create-format.ts';
export { formatAgo } from './format/format-ago.ts';
export { formatDuration } from './format/format-duration.ts';
export { formatPeriod } from './format/format-period.ts';
export { useWhoami } from './hooks/access/use-whoami.ts';
export { useSummary } from './hooks/accounts/use-summary.ts';
export { type ActivityOptions, useActivity } from './hooks/activity/use-activity.ts';
export { type Resource, type ResourceStatus, resourceOf } from './hooks/base/resource.ts';
export type { PagedResource } from './hooks/base/use-pages.ts';
export type { AccountOptions } from './hooks/base/use-session-store.ts';
export { useCatalog } from './hooks/catalog/use-catalog.ts';
export { useModels } from './hooks/catalog/use-models.ts';
export { type AutoTopUpResource, useAutoTopUp } from './hooks/credits/use-auto-top-up.ts';
export { useCreditBalance } from './hooks/credits/use-credit-balance.ts';
export { type LedgerOptions, useLedger } from './hooks/credits/use-ledger.ts';
export { useDiagnosis } from './hooks/diagnosis/use-diagnosis.ts';
export { useForecast } from './hooks/forecast/use-forecast.ts';
export { useCheck } from './hooks/gate/use-check.ts';
export { type ChargesOptions, useCharges } from './hooks/invoices/use-charges.ts';
export { type InvoiceActions, useInvoiceActions } from './hooks/invoices/use-invoice-actions.ts';
export { type InvoicesOptions, useInvoices } from './hooks/invoices/use-invoices.ts';
export { usePaymentMethod } from './hooks/invoices/use-payment-method.ts';
export {
  type PaymentSessionFlow,
  type PaymentSessionOptions,
  usePaymentSession,
} from './hooks/invoices/use-payment-session.ts';
export { useUpcomingInvoice } from './hooks/invoices/use-upcoming-invoice.ts';
export { type MembersResource, useMembers } from './hooks/members/use-members.ts';
export { type OwnKeysResource, useOwnKeys } from './hooks/own-keys/use-own-keys.ts';
export {
  type ConnectedBrowsers as ConnectedBrowsersResource,
  useConnectedBrowsers,
} from './hooks/pairings/use-connected-browsers.ts';
export { type PairingDecision, type PairingFlow, usePairing } from './hooks/pairings/use-pairing.ts';
export { type PurchaseFlow, type PurchaseFlowStatus, usePurchase } from './hooks/purchases/use-purchase.ts';
export { usePlan } from './hooks/subscription/use-plan.ts';
export {
  type SubscriptionChangeFlow,
  type SubscriptionChangeStatus,
  useSubscriptionChange,
} from './hooks/subscription/use-subscription-change.ts';
export { useTask } from './hooks/tasks/use-task.ts';
export { type TaskFilters, useTasks } from './hooks/tasks/use-tasks.ts';
export { useUsage } from './hooks/usage/use-usage.ts';
export { useUsageHistory } from './hooks/usage/use-usage-history.ts';
export { useUsageSeries } from './hooks/usage/use-usage-series.ts';
export type { MessageOverrides, Messages } from './messages/messages.ts';
export { type UsageKitContextValue, useUsageKit } from './provider/context.ts';
export { LocaleProvider, type LocaleProviderProps } from './provider/locale-provider.tsx';
export { UsageKitProvider, type UsageKitProviderProps } from './provider/usagekit-provider.tsx';
export { WithFirstAnswers, type WithFirstAnswersProps } from './provider/with-first-answers.tsx';
