import type { GalleryState } from './gallery-state.ts';
import { creditBalanceStates } from './states/credits/credit-balance-states.tsx';
import { outOfCreditsStates } from './states/credits/out-of-credits-states.tsx';
import { purchaseStates } from './states/credits/purchase-states.tsx';
import { billingBannerStates } from './states/invoices/billing-banner-states.tsx';
import { invoicesStates } from './states/invoices/invoices-states.tsx';
import { browsersStates } from './states/members/browsers-states.tsx';
import { memberAllocationsStates } from './states/members/member-allocations-states.tsx';
import { modelCostStates } from './states/models/model-cost-states.tsx';
import { modelPickerStates } from './states/models/model-picker-states.tsx';
import { ownKeysStates } from './states/models/own-keys-states.tsx';
import { billingPageStates } from './states/pages/billing-page-states.tsx';
import { pageNavStates } from './states/pages/page-nav-states.tsx';
import { planCardStates } from './states/subscription/plan-card-states.tsx';
import { planComparisonStates } from './states/subscription/plan-comparison-states.tsx';
import { planLimitsStates } from './states/subscription/plan-limits-states.tsx';
import { settingsStates } from './states/subscription/settings-states.tsx';
import { taskTableStates } from './states/tasks/task-table-states.tsx';
import { whyBlockedStates } from './states/tasks/why-blocked-states.tsx';
import { alertEditorStates } from './states/usage/alert-editor-states.tsx';
import { limitEditorStates } from './states/usage/limit-editor-states.tsx';
import { monthlyHistoryStates } from './states/usage/monthly-history-states.tsx';
import { usageForecastStates } from './states/usage/usage-forecast-states.tsx';
import { usageHistoryStates } from './states/usage/usage-history-states.tsx';
import { usagePanelStates } from './states/usage/usage-panel-states.tsx';

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
  ...ownKeysStates,
  ...billingBannerStates,
  ...purchaseStates,
  ...browsersStates,
];
