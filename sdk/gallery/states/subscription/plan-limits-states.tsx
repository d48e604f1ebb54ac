import type { PlanCapacity } from '@usagekit/server/contract';
import { PlanLimitsView } from '../../../src/components/plan-limits/index.ts';
import { resourceOf } from '../../../src/hooks/base/resource.ts';
import { pro } from '../../fixtures/subscription.ts';
import { failed, type GalleryState, loading, notPermitted, stale } from '../../gallery-state.ts';

const widget = 'PlanLimits';
const machines = { one: 'machine', other: 'machines' };

const capacities: PlanCapacity[] = [
  { id: 'machines', label: 'Machines at once', unit: machines, value: '4', choices: null },
  { id: 'retention', label: 'Retention', unit: { one: 'day', other: 'days' }, value: '30', choices: null },
  { id: 'projects', label: 'Machines per project', unit: machines, value: null, choices: null },
  { id: 'types', label: 'Machine types', unit: null, value: null, choices: ['Small', 'Large'] },
  { id: 'regions', label: 'Regions of your own', unit: null, value: null, choices: [] },
];
const limited = {
  ...pro,
  capacities,
  warnings: ['Surcharges for large machines can exceed the price of the plan.'],
};

export const planLimitsStates: GalleryState[] = [
  { widget, state: 'limited', element: <PlanLimitsView resource={resourceOf(limited)} /> },
  {
    widget,
    state: 'no limits',
    element: <PlanLimitsView resource={resourceOf({ ...pro, capacities: [], warnings: [] })} />,
  },
  { widget, state: 'loading', element: <PlanLimitsView resource={loading()} /> },
  { widget, state: 'stale', element: <PlanLimitsView resource={stale(limited)} /> },
  { widget, state: 'error', element: <PlanLimitsView resource={failed()} /> },
  { widget, state: 'not permitted', element: <PlanLimitsView resource={notPermitted()} /> },
];
