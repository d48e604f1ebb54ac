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
  UsagePanel: example(() => import('../examples/usage-panel.tsx')),
  UsageHistory: example(() => import('../examples/usage-history.tsx'), 'sixMonths'),
  MonthlyHistory: example(() => import('../examples/monthly-history.tsx'), 'sixMonths'),
  UsageForecast: example(() => import('../examples/usage-forecast.tsx'), 'nearLimit'),
  Meter: example(() => import('../examples/meter.tsx')),
  BudgetBar: example(() => import('../examples/budget-bar.tsx')),
  CreditBalance: example(() => import('../examples/credit-balance.tsx'), 'taskRunning'),
  PurchaseDialog: example(() => import('../examples/purchase-dialog.tsx'), 'lowCredits'),
  AutoTopUp: example(() => import('../examples/auto-top-up.tsx'), 'topUpFailed'),
  ActivityLog: example(() => import('../examples/activity-log.tsx'), 'topUpFailed'),
  PlanCard: example(() => import('../examples/plan-card.tsx')),
  PlanComparison: example(() => import('../examples/plan-comparison.tsx')),
  PlanLimits: example(() => import('../examples/plan-limits.tsx')),
  Seats: example(() => import('../examples/seats.tsx')),
  AddOns: example(() => import('../examples/add-ons.tsx')),
  DedicatedIps: example(() => import('../examples/dedicated-ips.tsx')),
  AdditionalUse: example(() => import('../examples/additional-use.tsx')),
  LimitEditor: example(() => import('../examples/limit-editor.tsx')),
  AlertEditor: example(() => import('../examples/alert-editor.tsx')),
  MemberAllocations: example(() => import('../examples/member-allocations.tsx'), 'allocationReached'),
  Invoices: example(() => import('../examples/invoices.tsx'), 'invoicesPastDue'),
  UpcomingInvoice: example(() => import('../examples/upcoming-invoice.tsx'), 'overage'),
  UsageCosts: example(() => import('../examples/usage-costs.tsx'), 'overage'),
  Charges: example(() => import('../examples/charges.tsx'), 'invoicesPastDue'),
  PaymentMethod: example(() => import('../examples/payment-method.tsx'), 'invoicesPastDue'),
  TaskTable: example(() => import('../examples/task-table.tsx'), 'taskRunning'),
  ModelPicker: example(() => import('../examples/model-picker.tsx')),
  ModelCost: example(() => import('../examples/model-cost.tsx')),
  Gate: example(() => import('../examples/gate.tsx'), 'lastCredit'),
  OutOfCredits: example(() => import('../examples/out-of-credits.tsx'), 'outOfCredits'),
  WhyBlocked: example(() => import('../examples/why-blocked.tsx'), 'outOfCredits'),
  BillingBanner: example(() => import('../examples/billing-banner.tsx'), 'trialEndingSoon'),
  UsagePage: example(() => import('../examples/usage-page.tsx')),
  TasksPage: example(() => import('../examples/tasks-page.tsx'), 'outOfCredits'),
  BillingPage: example(() => import('../examples/billing-page.tsx')),
  ConnectBrowser: example(() => import('../examples/connect-browser.tsx')),
  ConnectedBrowsers: example(() => import('../examples/connected-browsers.tsx')),
} satisfies Record<string, Example>;

export type ExampleName = keyof typeof examples;
