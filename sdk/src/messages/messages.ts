import type { actionMessages } from './action.ts';
import type { activityLogMessages } from './activity-log.ts';
import type { addOnsMessages } from './add-ons.ts';
import type { additionalUseMessages } from './additional-use.ts';
import type { alertEditorMessages } from './alert-editor.ts';
import type { autoTopUpMessages } from './auto-top-up.ts';
import type { billingBannerMessages } from './billing-banner.ts';
import type { billingPageMessages } from './billing-page.ts';
import type { chartMessages } from './chart.ts';
import type { chartExportMessages } from './chart-export.ts';
import type { commonMessages } from './common.ts';
import type { commonControlsMessages } from './common-controls.ts';
import type { commonRefusalMessages } from './common-refusal.ts';
import type { connectBrowserMessages } from './connect-browser.ts';
import type { connectedBrowsersMessages } from './connected-browsers.ts';
import type { creditBalanceMessages } from './credit-balance.ts';
import type { dedicatedIpsMessages } from './dedicated-ips.ts';
import type { grantsMessages } from './grants.ts';
import type { invoiceLinesMessages } from './invoice-lines.ts';
import type { invoicesMessages } from './invoices.ts';
import type { limitEditorMessages } from './limit-editor.ts';
import type { memberAllocationsMessages } from './member-allocations.ts';
import type { meterMessages } from './meter.ts';
import type { meterLevelMessages } from './meter-level.ts';
import type { meterTrendMessages } from './meter-trend.ts';
import type { modelCostMessages } from './model-cost.ts';
import type { modelPickerMessages } from './model-picker.ts';
import type { outOfCreditsMessages } from './out-of-credits.ts';
import type { pageNavMessages } from './page-nav.ts';
import type { pauseMessages } from './pause.ts';
import type { paymentMessages } from './payment.ts';
import type { planCardMessages } from './plan-card.ts';
import type { planComparisonMessages } from './plan-comparison.ts';
import type { planLimitsMessages } from './plan-limits.ts';
import type { planNoticeMessages } from './plan-notice.ts';
import type { purchaseDialogMessages } from './purchase-dialog.ts';
import type { runningTotalMessages } from './running-total.ts';
import type { seatsMessages } from './seats.ts';
import type { spentByMemberMessages } from './spent-by-member.ts';
import type { subscriptionChangeMessages } from './subscription-change.ts';
import type { taskColumnsMessages } from './task-columns.ts';
import type { taskDetailsMessages } from './task-details.ts';
import type { taskTableMessages } from './task-table.ts';
import type { taskToolsMessages } from './task-tools.ts';
import type { troubleMessages } from './trouble.ts';
import type { usageForecastMessages } from './usage-forecast.ts';
import type { usagePanelMessages } from './usage-panel.ts';
import type { usagePanelExtrasMessages } from './usage-panel-extras.ts';
import type { usesMessages } from './uses.ts';
import type { whyBlockedMessages } from './why-blocked.ts';

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
