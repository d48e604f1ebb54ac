import type { Refusal } from '@usagekit/server/contract';
import { OutOfCredits } from '../../../src/components/out-of-credits/index.ts';
import { asOf } from '../../fixtures/credits.ts';
import type { GalleryState } from '../../gallery-state.ts';

const insufficient: Refusal = {
  reason: 'insufficient_credits',
  message: 'This run needs more credits than the account has.',
  available: '3.5',
  requested: '12',
  resetsAt: '2026-12-01T00:00:00.000Z',
  actions: [
    { kind: 'buy_credits', label: 'Buy credits', href: '#credits', allowed: true },
    { kind: 'upgrade', label: 'Upgrade', href: '#plans', allowed: true },
  ],
};

const inMoney: Refusal = {
  ...insufficient,
  unit: { one: 'credit', other: 'credits', currency: 'USD' },
  available: '0.35',
  requested: '1.2',
  actions: [{ kind: 'buy_credits', label: 'Add funds', href: '#credits', currency: 'USD', allowed: true }],
};

const forMember: Refusal = {
  ...insufficient,
  actions: [{ kind: 'buy_credits', label: 'Buy credits', allowed: false }],
};

const limit: Refusal = {
  reason: 'plan_limit_reached',
  message: 'All 5,000 emails of this cycle are used.',
  metric: 'emails',
  limit: '5000',
  used: '5000',
  requested: '1',
  resetsAt: '2026-12-01T00:00:00.000Z',
  actions: [{ kind: 'upgrade', label: 'Upgrade', href: '#plans', allowed: true }],
};

const widget = 'OutOfCredits';

export const outOfCreditsStates: GalleryState[] = [
  {
    widget,
    state: 'out of credits',
    element: <OutOfCredits refusal={insufficient} asOf={asOf} timeZone="UTC" />,
  },
  { widget, state: 'in money', element: <OutOfCredits refusal={inMoney} asOf={asOf} timeZone="UTC" /> },
  { widget, state: 'for a member', element: <OutOfCredits refusal={forMember} asOf={asOf} timeZone="UTC" /> },
  { widget, state: 'plan limit', element: <OutOfCredits refusal={limit} asOf={asOf} timeZone="UTC" /> },
  { widget, state: 'for a visitor', element: <OutOfCredits /> },
];
