import type { GalleryState } from './gallery-state.ts';
import { alertEditorStates } from './states/alert-editor-states.tsx';
import { billingBannerStates } from './states/billing-banner-states.tsx';
import { billingPageStates } from './states/billing-page-states.tsx';
import { browsersStates } from './states/browsers-states.tsx';
import { creditBalanceStates } from './states/credit-balance-states.tsx';
import { invoicesStates } from './states/invoices-states.tsx';
import { limitEditorStates } from './states/limit-editor-states.tsx';
import { memberAllocationsStates } from './states/member-allocations-states.tsx';
import { modelCostStates } from './states/model-cost-states.tsx';
import { modelPickerStates } from './states/model-picker-states.tsx';
import { monthlyHistoryStates } from './states/monthly-history-states.tsx';
import { outOfCreditsStates } from './states/out-of-credits-states.tsx';
import { pageNavStates } from './states/page-nav-states.tsx';
import { planCardStates } from './states/plan-card-states.tsx';
import { planComparisonStates } from './states/plan-comparison-states.tsx';
import { planLimitsStates } from './states/plan-limits-states.tsx';
import { purchaseStates } from './states/purchase-states.tsx';
import { settingsStates } from './states/settings-states.tsx';
import { taskTableStates } from './states/task-table-states.tsx';
import { usageForecastStates } from './states/usage-forecast-states.tsx';
import { usageHistoryStates } from './states/usage-history-states.tsx';
import { usagePanelStates } from './states/usage-panel-states.tsx';
import { whyBlockedStates } from './states/why-blocked-states.tsx';

/** Every widget in every state. */
export const states: GalleryState[] = [
  ...creditBalanceStates,
  ...usagePanelStates,
  ...usageHistoryStates,
  ...monthlyHistoryStates,
  ...planCardStates,
  ...planComparisonStates,
  ...planLimitsStates,
  ...usageForecastStates,
  ...settingsStates,
  ...limitEditorStates,
  ...alertEditorStates,
  ...memberAllocationsStates,
  ...invoicesStates,
  ...billingPageStates,
  ...pageNavStates,
  ...taskTableStates,
  ...outOfCreditsStates,
  ...whyBlockedStates,
  ...modelPickerStates,
  ...modelCostStates,
  ...billingBannerStates,
  ...purchaseStates,
  ...browsersStates,
];
