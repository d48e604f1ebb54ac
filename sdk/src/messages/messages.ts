import type { activityLogMessages } from './activity/activity-log.ts';
import type { chartMessages } from './charts/chart.ts';
import type { chartExportMessages } from './charts/chart-export.ts';
import type { runningTotalMessages } from './charts/running-total.ts';
import type { actionMessages } from './common/action.ts';
import type { commonMessages } from './common/common.ts';
import type { commonControlsMessages } from './common/common-controls.ts';
import type { commonRefusalMessages } from './common/common-refusal.ts';
import type { pageNavMessages } from './common/page-nav.ts';
import type { troubleMessages } from './common/trouble.ts';
import type { autoTopUpMessages } from './credits/auto-top-up.ts';
import type { creditBalanceMessages } from './credits/credit-balance.ts';
import type { grantsMessages } from './credits/grants.ts';
import type { purchaseDialogMessages } from './credits/purchase-dialog.ts';
import type { whyBlockedMessages } from './diagnosis/why-blocked.ts';
import type { outOfCreditsMessages } from './gate/out-of-credits.ts';
import type { billingBannerMessages } from './invoices/billing-banner.ts';
import type { billingPageMessages } from './invoices/billing-page.ts';
import type { invoiceLinesMessages } from './invoices/invoice-lines.ts';
import type { invoicesMessages } from './invoices/invoices.ts';
import type { paymentMessages } from './invoices/payment.ts';
import type { additionalUseMessages } from './limits/additional-use.ts';
import type { alertEditorMessages } from './limits/alert-editor.ts';
import type { limitEditorMessages } from './limits/limit-editor.ts';
import type { memberAllocationsMessages } from './members/member-allocations.ts';
import type { spentByMemberMessages } from './members/spent-by-member.ts';
import type { modelCostMessages } from './models/model-cost.ts';
import type { modelPickerMessages } from './models/model-picker.ts';
import type { connectBrowserMessages } from './pairings/connect-browser.ts';
import type { connectedBrowsersMessages } from './pairings/connected-browsers.ts';
import type { addOnsMessages } from './subscription/add-ons.ts';
import type { dedicatedIpsMessages } from './subscription/dedicated-ips.ts';
import type { pauseMessages } from './subscription/pause.ts';
import type { planCardMessages } from './subscription/plan-card.ts';
import type { planComparisonMessages } from './subscription/plan-comparison.ts';
import type { planLimitsMessages } from './subscription/plan-limits.ts';
import type { planNoticeMessages } from './subscription/plan-notice.ts';
import type { seatsMessages } from './subscription/seats.ts';
import type { subscriptionChangeMessages } from './subscription/subscription-change.ts';
import type { taskColumnsMessages } from './tasks/task-columns.ts';
import type { taskDetailsMessages } from './tasks/task-details.ts';
import type { taskTableMessages } from './tasks/task-table.ts';
import type { taskToolsMessages } from './tasks/task-tools.ts';
import type { meterMessages } from './usage/meter.ts';
import type { meterLevelMessages } from './usage/meter-level.ts';
import type { meterTrendMessages } from './usage/meter-trend.ts';
import type { usageForecastMessages } from './usage/usage-forecast.ts';
import type { usagePanelMessages } from './usage/usage-panel.ts';
import type { usagePanelExtrasMessages } from './usage/usage-panel-extras.ts';
import type { usesMessages } from './usage/uses.ts';

/**
 * Every text of the components, by component. A text with figures in it is a function of figures that are already
 * written in the locale, so that a translation decides on order and plurals and on nothing else.
 */
export interface Messages {
  /** Texts that many widgets share, those of controls included. */
  common: typeof commonMessages & typeof commonRefusalMessages & typeof commonControlsMessages;
  trouble: typeof troubleMessages;
  action: typeof actionMessages;
  /** Texts of meters, those of their levels and of their months included. */
  meter: typeof meterMessages & typeof meterLevelMessages & typeof meterTrendMessages;
  creditBalance: typeof creditBalanceMessages;
  grants: typeof grantsMessages;
  spentByMember: typeof spentByMemberMessages;
  /** Texts of UsagePanel, those of what only some accounts have included. */
  usagePanel: typeof usagePanelMessages & typeof usagePanelExtrasMessages;
  limitEditor: typeof limitEditorMessages;
  alertEditor: typeof alertEditorMessages;
  memberAllocations: typeof memberAllocationsMessages;
  usageForecast: typeof usageForecastMessages;
  planCard: typeof planCardMessages;
  planNotice: typeof planNoticeMessages;
  planComparison: typeof planComparisonMessages;
  planLimits: typeof planLimitsMessages;
  taskTable: typeof taskTableMessages;
  taskColumns: typeof taskColumnsMessages;
  taskDetails: typeof taskDetailsMessages;
  taskTools: typeof taskToolsMessages;
  outOfCredits: typeof outOfCreditsMessages;
  modelCost: typeof modelCostMessages;
  modelPicker: typeof modelPickerMessages;
  billingBanner: typeof billingBannerMessages;
  billingPage: typeof billingPageMessages;
  chart: typeof chartMessages;
  chartExport: typeof chartExportMessages;
  runningTotal: typeof runningTotalMessages;
  pageNav: typeof pageNavMessages;
  pause: typeof pauseMessages;
  payment: typeof paymentMessages;
  invoices: typeof invoicesMessages;
  purchaseDialog: typeof purchaseDialogMessages;
  autoTopUp: typeof autoTopUpMessages;
  activityLog: typeof activityLogMessages;
  additionalUse: typeof additionalUseMessages;
  addOns: typeof addOnsMessages;
  dedicatedIps: typeof dedicatedIpsMessages;
  seats: typeof seatsMessages;
  subscriptionChange: typeof subscriptionChangeMessages;
  connectBrowser: typeof connectBrowserMessages;
  connectedBrowsers: typeof connectedBrowsersMessages;
  invoiceLines: typeof invoiceLinesMessages;
  uses: typeof usesMessages;
  whyBlocked: typeof whyBlockedMessages;
}

/** Texts that replace the English ones; missing ones stay English. */
export type MessageOverrides = { [Component in keyof Messages]?: Partial<Messages[Component]> };
