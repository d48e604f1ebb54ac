import type { Item, TaskStatus } from '@usagekit/server/contract';
import type { Operation } from '../../../../server/src/contract/api.ts';
import fc from '../../../support/fast-check.ts';

const items = fc.array(
  fc.oneof(
    fc.record({ tool: fc.constant('search'), calls: fc.constantFrom(1, 5, 15, 60) }),
    fc.constant<Item>({ model: 'swift-1' }),
    fc.record({ storage: fc.constant('traces'), quantity: fc.constantFrom('0.000001', '3', '7.5') }),
  ),
  { minLength: 1, maxLength: 3 },
);
/** Mostly none, so that tasks go on and are charged often before they end. */
const status = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 2, arbitrary: fc.constant<TaskStatus>('in_progress') },
  { weight: 1, arbitrary: fc.constantFrom<TaskStatus>('pending', 'completed', 'failed', 'cancelled') },
);

/** One step of a random history of tasks. */
export type Step =
  | { readonly type: 'create'; readonly starts: boolean; readonly estimate: Item[] | null }
  | {
      readonly type: 'change';
      readonly which: number;
      readonly status: TaskStatus | null;
      readonly items: Item[] | null;
    }
  | { readonly type: 'grant'; readonly amount: number; readonly days: number | null }
  | { readonly type: 'event'; readonly items: Item[] }
  | { readonly type: 'wait'; readonly hours: number };

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('create' as const),
      starts: fc.boolean(),
      estimate: fc.option(items),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('change' as const),
      which: fc.nat({ max: 5 }),
      status,
      items: fc.option(items),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('grant' as const),
      amount: fc.constantFrom(1, 40),
      days: fc.constantFrom(null, 1, 20),
    }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('event' as const), items }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('wait' as const), hours: fc.constantFrom(1, 30, 400) }),
  },
);

/** The call of the API that each step is. */
export const taskCallOf: Record<Step['type'], Operation> = {
  create: 'POST /v1/tasks',
  change: 'PATCH /v1/tasks/:taskId',
  grant: 'POST /v1/accounts/:accountId/grants',
  event: 'POST /v1/events',
  wait: 'POST /v1/test-clocks/:clockId/advance',
};
