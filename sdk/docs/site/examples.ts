import type { ScenarioName } from '@usagekit/react/testing';
import { type ComponentType, lazy } from 'react';

interface Example {
  /** Where it starts from: the scenario that has something to show. */
  scenario: ScenarioName;
  component: ComponentType;
}

const example = (load: () => Promise<{ default: ComponentType }>, scenario: ScenarioName = 'healthy') =>
  ({ scenario, component: lazy(load) }) satisfies Example;

/** The live example of each component, in a file of its own, which its page shows too. */
export const examples = {
  UsagePanel: example(() => import('../examples/usage/usage-panel.tsx')),
  UsageHistory: example(() => import('../examples/usage/usage-history.tsx'), 'sixMonths'),
  MonthlyHistory: example(() => import('../examples/usage/monthly-history.tsx'), 'sixMonths'),
  UsageForecast: example(() => import('../examples/usage/usage-forecast.tsx'), 'nearLimit'),
  Meter: example(() => import('../examples/usage/meter.tsx')),
  BudgetBar: example(() => import('../examples/usage/budget-bar.tsx')),
  CreditBalance: example(() => import('../examples/credits/credit-balance.tsx'), 'taskRunning'),
  PurchaseDialog: example(() => import('../examples/credits/purchase-dialog.tsx'), 'lowCredits'),
  AutoTopUp: example(() => import('../examples/credits/auto-top-up.tsx'), 'topUpFailed'),
  ActivityLog: example(() => import('../examples/credits/activity-log.tsx'), 'topUpFailed'),
  PlanCard: example(() => import('../examples/plan/plan-card.tsx')),
  PlanComparison: example(() => import('../examples/plan/plan-comparison.tsx')),
  PlanLimits: example(() => import('../examples/plan/plan-limits.tsx')),
  Seats: example(() => import('../examples/plan/seats.tsx')),
  AddOns: example(() => import('../examples/plan/add-ons.tsx')),
  DedicatedIps: example(() => import('../examples/plan/dedicated-ips.tsx')),
  AdditionalUse: example(() => import('../examples/plan/additional-use.tsx')),
  LimitEditor: example(() => import('../examples/usage/limit-editor.tsx')),
  AlertEditor: example(() => import('../examples/usage/alert-editor.tsx')),
  MemberAllocations: example(() => import('../examples/usage/member-allocations.tsx'), 'allocationReached'),
  Invoices: example(() => import('../examples/billing/invoices.tsx'), 'invoicesPastDue'),
  UpcomingInvoice: example(() => import('../examples/billing/upcoming-invoice.tsx'), 'overage'),
  UsageCosts: example(() => import('../examples/billing/usage-costs.tsx'), 'overage'),
  Charges: example(() => import('../examples/billing/charges.tsx'), 'invoicesPastDue'),
  PaymentMethod: example(() => import('../examples/billing/payment-method.tsx'), 'invoicesPastDue'),
  TaskTable: example(() => import('../examples/tasks-and-models/task-table.tsx'), 'taskRunning'),
  ModelPicker: example(() => import('../examples/tasks-and-models/model-picker.tsx')),
  ModelCost: example(() => import('../examples/tasks-and-models/model-cost.tsx')),
  OwnKeys: example(() => import('../examples/tasks-and-models/own-keys.tsx')),
  Gate: example(() => import('../examples/tasks-and-models/gate.tsx'), 'lastCredit'),
  OutOfCredits: example(() => import('../examples/tasks-and-models/out-of-credits.tsx'), 'outOfCredits'),
  WhyBlocked: example(() => import('../examples/tasks-and-models/why-blocked.tsx'), 'outOfCredits'),
  BillingBanner: example(() => import('../examples/billing/billing-banner.tsx'), 'trialEndingSoon'),
  UsagePage: example(() => import('../examples/pages/usage-page.tsx')),
  TasksPage: example(() => import('../examples/pages/tasks-page.tsx'), 'outOfCredits'),
  BillingPage: example(() => import('../examples/pages/billing-page.tsx')),
  ConnectBrowser: example(() => import('../examples/browser-extension/connect-browser.tsx')),
  ConnectedBrowsers: example(() => import('../examples/browser-extension/connected-browsers.tsx')),
} satisfies Record<string, Example>;

export type ExampleName = keyof typeof examples;
