import type { Operation } from '../../../../server/src/contract/api.ts';
import fc from '../../../support/fast-check.ts';
import { type ContractName, contractTerms } from './subscription-catalog.ts';
import type { PlainCommand } from './subscription-model.ts';

export type Step =
  | { kind: 'command'; command: PlainCommand }
  | { kind: 'use'; quantity: number }
  | { kind: 'move'; ms: number };

/** Down to nothing once in a while, so that most histories are of something that is paid. */
const planId = fc.constantFrom(
  'solo' as const,
  'team' as const,
  'solo' as const,
  'team' as const,
  'free' as const,
);
const contractOf = (label: ContractName): PlainCommand => ({
  kind: 'contract',
  label,
  terms: contractTerms(label),
});
/** Mostly without the trial that a plan offers, so that most histories are of something that is paid. */
const trial = fc.constantFrom(true, false, false);
const ipId = fc.integer({ min: 1, max: 6 }).map((number) => `ip-${number}`);
/** One command of a random history. */
export const commandStep = fc
  .oneof(
    fc.record({
      kind: fc.constant('change_plan' as const),
      planId,
      trial,
    }),
    fc.record({
      kind: fc.constant('change_plan' as const),
      planId,
      trial,
      interval: fc.constantFrom('month' as const, 'year' as const),
    }),
    fc.record({
      kind: fc.constant('assign_dedicated_ip' as const),
      ipId,
      agentId: fc.constantFrom('scout', 'scribe', null),
    }),
    fc.record({ kind: fc.constant('remove_dedicated_ip' as const), ipId }),
    fc.record({ kind: fc.constant('start_trial' as const), days: fc.constantFrom(1, 14, 45) }),
    fc.record({ kind: fc.constant('end_trial' as const), pays: fc.boolean() }),
    fc.constantFrom(contractOf('deal'), contractOf('network'), { kind: 'end_contract' as const }),
    fc.constantFrom({ kind: 'cancel' as const }, { kind: 'resume' as const }),
    fc.record({
      kind: fc.constant('seats' as const),
      seatType: fc.constant('seat' as const),
      quantity: fc.integer({ min: 0, max: 7 }),
    }),
    fc.record({
      kind: fc.constant('add_on' as const),
      addOnId: fc.constant('pack' as const),
      quantity: fc.integer({ min: 0, max: 4 }),
    }),
    fc.record({
      kind: fc.constant('dedicated_ips' as const),
      quantity: fc.integer({ min: 0, max: 5 }),
    }),
    fc.record({
      kind: fc.constant('alerts' as const),
      metric: fc.constant('runs' as const),
      amounts: fc.subarray(['40', '90', '160', '300']),
    }),
    fc.record({
      kind: fc.constant('own_limit' as const),
      metric: fc.constant('runs' as const),
      limit: fc.constantFrom(null, null, '150', '400'),
    }),
    fc.constantFrom(
      { kind: 'additional_use' as const, metric: 'runs' as const, mode: 'off' as const },
      { kind: 'additional_use' as const, metric: 'runs' as const, mode: 'capped' as const, cap: '40' },
      { kind: 'additional_use' as const, metric: 'runs' as const, mode: 'unlimited' as const },
    ),
  )
  .map((command): Step => ({ kind: 'command', command }));
const useStep = fc.integer({ min: 1, max: 180 }).map((quantity): Step => ({ kind: 'use', quantity }));
const moveStep = fc
  .oneof(fc.integer({ min: 1, max: 72 }), fc.integer({ min: 73, max: 1_500 }))
  .map((hours): Step => ({ kind: 'move', ms: hours * 3_600_000 }));
const firstPlan = fc.record({
  kind: fc.constant('change_plan' as const),
  planId: fc.constantFrom('solo' as const, 'team' as const),
  interval: fc.constantFrom('month' as const, 'year' as const),
  trial,
});
const laterSteps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: commandStep },
    { weight: 2, arbitrary: useStep },
    { weight: 3, arbitrary: moveStep },
  ),
  { minLength: 8, maxLength: 30, size: 'max' },
);
export const history = fc
  .tuple(firstPlan, laterSteps)
  .map(([command, steps]): Step[] => [{ kind: 'command', command }, ...steps]);
/** The 31st, a leap day, and a plain day. */
export const start = fc.constantFrom(
  '2026-01-31T10:30:00.000Z',
  '2028-02-29T23:59:59.000Z',
  '2026-06-10T00:00:00.000Z',
);

/** The call of the API that each command is; a history over HTTP is held to it. */
export const subscriptionCallOf: Record<PlainCommand['kind'], Operation> = {
  change_plan: 'POST /v1/accounts/:accountId/subscription/change',
  cancel: 'POST /v1/accounts/:accountId/subscription/cancel',
  resume: 'POST /v1/accounts/:accountId/subscription/resume',
  seats: 'PUT /v1/accounts/:accountId/seats/:seatType',
  add_on: 'PUT /v1/accounts/:accountId/add-ons/:addOnId',
  dedicated_ips: 'PUT /v1/accounts/:accountId/dedicated-ips',
  assign_dedicated_ip: 'PUT /v1/accounts/:accountId/dedicated-ips/:ipId',
  remove_dedicated_ip: 'DELETE /v1/accounts/:accountId/dedicated-ips/:ipId',
  start_trial: 'POST /v1/accounts/:accountId/subscription/trial',
  end_trial: 'POST /v1/accounts/:accountId/subscription/trial/end',
  contract: 'PUT /v1/accounts/:accountId/contract',
  end_contract: 'DELETE /v1/accounts/:accountId/contract',
  alerts: 'PUT /v1/accounts/:accountId/alerts/:metric',
  own_limit: 'PUT /v1/accounts/:accountId/limits/:metric',
  additional_use: 'PUT /v1/accounts/:accountId/additional-use/:metric',
};
