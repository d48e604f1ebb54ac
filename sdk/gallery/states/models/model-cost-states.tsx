import type { CheckAnswer, ModelList, Refusal } from '@usagekit/server/contract';
import { ModelRateView, RunCostView } from '../../../src/components/model-cost/index.ts';
import { type Resource, resourceOf } from '../../../src/hooks/base/resource.ts';
import { asOf, creditLabel } from '../../fixtures/credits.ts';
import { model } from '../../fixtures/models.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const answer: CheckAnswer = {
  allowed: true,
  cost: {
    amount: '86',
    unit: 'credits',
    lineItems: [
      { kind: 'llm', label: 'Core', quantity: '47000', unit: 'tokens', of: 'token', amount: '62' },
      { kind: 'tool', label: 'Web search', quantity: '8', unit: 'calls', of: 'call', amount: '16' },
      {
        kind: 'tool',
        label: 'Page reader',
        integration: 'scholar',
        quantity: '16',
        unit: 'calls',
        of: 'call',
        amount: '8',
      },
    ],
  },
  refusal: null,
  remaining: { credits: { available: '4456.25', held: '0', unit: 'credits' }, metrics: [], windows: [] },
  creditLabel,
  asOf,
};

const free: CheckAnswer = { ...answer, cost: { ...answer.cost, amount: '0', lineItems: [] } };

const ownKey: CheckAnswer = {
  ...answer,
  cost: {
    amount: '0',
    unit: 'credits',
    lineItems: [
      {
        kind: 'llm',
        label: 'Core',
        quantity: '47000',
        unit: 'tokens',
        of: 'token',
        amount: '0',
        ownKey: true,
      },
    ],
  },
};

const ownKeyInPart: CheckAnswer = {
  ...answer,
  cost: {
    amount: '24',
    unit: 'credits',
    lineItems: answer.cost.lineItems.map((line) =>
      line.kind === 'llm' ? { ...line, amount: '0', ownKey: true } : line,
    ),
  },
};

const otherKey: CheckAnswer = {
  ...answer,
  cost: {
    ...answer.cost,
    lineItems: answer.cost.lineItems.map((line) =>
      line.kind === 'llm' ? { ...line, otherKey: true } : line,
    ),
  },
};

const inMoney: CheckAnswer = {
  ...answer,
  cost: {
    amount: '0.0342',
    unit: 'USD',
    lineItems: [
      {
        kind: 'llm',
        label: 'Advanced Reasoning',
        quantity: '47000',
        unit: 'tokens',
        of: 'token',
        amount: '0.0342',
      },
    ],
  },
  remaining: { credits: { available: '4.97', held: '0', unit: 'USD' }, metrics: [], windows: [] },
};

const refusal: Refusal = {
  reason: 'insufficient_credits',
  message: 'This needs more credits than there are.',
  available: '12.5',
  requested: '86',
  actions: [
    { kind: 'buy_credits', label: 'Buy credits', href: '#credits', allowed: true },
    { kind: 'upgrade', label: 'Upgrade', href: '#plans', allowed: true },
  ],
};

const refusedWith = (why: Refusal): CheckAnswer => ({
  ...answer,
  allowed: false,
  refusal: why,
  remaining: { ...answer.remaining, credits: { available: '12.5', held: '0', unit: 'credits' } },
});

const refused = refusedWith(refusal);

const mayNotBuy = refusedWith({
  ...refusal,
  actions: refusal.actions.map((action) => ({ ...action, allowed: false })),
});

const overPlanLimit = refusedWith({
  reason: 'plan_limit_reached',
  metric: 'research_tasks',
  label: 'Research tasks',
  message: 'All 400 research tasks of this cycle are used.',
  actions: [{ kind: 'upgrade', label: 'Upgrade', href: '#plans', allowed: true }],
});

const models: ModelList = {
  items: [
    model({ id: 'light-1', label: 'Light 1', tierLabel: 'Light', perRequest: '12', cheapest: true }),
    model({ id: 'core', label: 'Core', tierLabel: 'Standard', inputPer1000: '1', outputPer1000: '4' }),
    model({
      id: 'frontier-1',
      label: 'Frontier 1',
      tierLabel: 'Advanced Reasoning',
      available: false,
      perRequest: '640',
    }),
  ],
  creditLabel,
  asOf,
};

interface RunState {
  name: string;
  resource: Resource<CheckAnswer>;
  isMost?: boolean;
}

const runs: RunState[] = [
  { name: 'a run', resource: resourceOf(answer) },
  { name: 'the most that a run may use', resource: resourceOf(answer), isMost: true },
  { name: 'in money', resource: resourceOf(inMoney) },
  { name: 'free', resource: resourceOf(free) },
  { name: 'own key', resource: resourceOf(ownKey) },
  { name: 'own key in part', resource: resourceOf(ownKeyInPart) },
  { name: 'own key for another provider', resource: resourceOf(otherKey) },
  { name: 'refused', resource: resourceOf(refused) },
  { name: 'refused, who can help', resource: resourceOf(mayNotBuy) },
  { name: 'refused by a plan limit', resource: resourceOf(overPlanLimit) },
  { name: 'stale', resource: stale(answer) },
  { name: 'loading', resource: loading() },
  { name: 'error', resource: failed() },
];

const rates: [string, Resource<ModelList>, string][] = [
  ['price by token', resourceOf(models), 'core'],
  ['price by request, cheapest', resourceOf(models), 'light-1'],
  ['price of a model not in the plan', resourceOf(models), 'frontier-1'],
  ['price not known', resourceOf(models), 'other'],
  ['price, stale', stale(models), 'core'],
  ['price, loading', loading(), 'core'],
  ['price, error', failed(), 'core'],
];

const widget = 'ModelCost';

export const modelCostStates: GalleryState[] = [
  ...runs.map(({ name, ...props }) => ({ widget, state: name, element: <RunCostView {...props} /> })),
  { widget, state: 'not permitted', element: <RunCostView resource={notPermitted()} /> },
  ...runs.map(({ name, ...props }) => ({
    widget,
    state: `${name}, inline`,
    element: <RunCostView {...props} form="inline" />,
  })),
  ...rates.map(([state, resource, id]) => ({
    widget,
    state,
    element: <ModelRateView resource={resource} model={id} />,
  })),
  ...rates.map(([state, resource, id]) => ({
    widget,
    state: `${state}, inline`,
    element: <ModelRateView resource={resource} model={id} form="inline" />,
  })),
];
