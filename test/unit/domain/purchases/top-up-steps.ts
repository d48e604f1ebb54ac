import type { Operation } from '../../../../server/src/contract/api.ts';
import fc from '../../../support/fast-check.ts';

/** One step of a random history of top-ups. */
export type Step =
  | { readonly type: 'use'; readonly calls: number }
  | { readonly type: 'answer'; readonly outcome: 'succeeded' | 'failed' | 'needs_action' }
  | { readonly type: 'wait'; readonly minutes: number };

export const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ type: fc.constant('use' as const), calls: fc.integer({ min: 1, max: 40 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('answer' as const),
      outcome: fc.constantFrom(...(['succeeded', 'succeeded', 'failed', 'needs_action'] as const)),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 14, 15, 29, 30, 1_440, 20_000),
    }),
  },
);

/** The call of the API that each step is; null where it is the answer of the payment provider. */
export const topUpCallOf: Record<Step['type'], Operation | null> = {
  use: 'POST /v1/consume',
  answer: null,
  wait: 'POST /v1/test-clocks/:clockId/advance',
};
