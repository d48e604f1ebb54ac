import type { Blocked, Summary, SummaryMeter } from '@usagekit/server/contract';

/** A summary as the server gives it, at `asOf` 2026-11-20 08:00 UTC, with what a test cares about put in. */
export function sampleSummary(changes: Partial<Summary> = {}): Summary {
  return {
    accountId: 'acme',
    accountName: 'Acme',
    planName: 'Pro',
    credits: { available: '1234', held: '0', unit: 'credits' },
    creditLabel: { one: 'credit', other: 'credits' },
    creditsIncluded: '5000',
    level: 'ok',
    meters: [],
    windows: [],
    blocked: null,
    pastDue: false,
    cycleStartsAt: '2026-11-01T00:00:00.000Z',
    resetsAt: '2026-12-01T09:00:00.000Z',
    billingUrl: 'https://app.acme.example/billing',
    pollAfterSeconds: 60,
    version: 1,
    asOf: '2026-11-20T08:00:00.000Z',
    ...changes,
  };
}

export function sampleMeter(changes: Partial<SummaryMeter> = {}): SummaryMeter {
  return {
    metric: 'emails',
    label: 'Emails',
    unit: { one: 'email', other: 'emails' },
    used: '620',
    included: '1000',
    percent: 62,
    level: 'ok',
    resetsAt: '2026-12-01T09:00:00.000Z',
    ...changes,
  };
}

export function sampleBlocked(changes: Partial<Blocked> = {}): Blocked {
  return {
    reason: 'insufficient_credits',
    metric: null,
    message: 'Credits are used up. New runs are paused; nothing was deleted.',
    resetsAt: '2026-12-01T09:00:00.000Z',
    actions: [
      { kind: 'buy_credits', label: 'Buy credits', href: 'https://app.acme.example/billing', allowed: true },
    ],
    ...changes,
  };
}
