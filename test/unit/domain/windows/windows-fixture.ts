import type { CatalogConfig, PlanWindowConfig } from '@usagekit/server/contract';
import {
  decideEvent,
  decideHold,
  formatAmount,
  type MemberRecord,
  planOf,
  type RefusalFigures,
  windowStandingsOf,
} from '@usagekit/server/domain';
import fc from '../../../support/fast-check.ts';
import { memberRecord } from '../../../support/member-record.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';

export const minuteMs = 60_000;
export const one = 1_000_000n;

/** A window on exports, which nothing else limits. */
export const onExports = (window: Partial<PlanWindowConfig>): PlanWindowConfig => ({
  id: 'window',
  label: 'Window',
  metric: 'exports',
  kind: 'day',
  limit: '10',
  ...window,
});

export function catalogWith(...windows: PlanWindowConfig[]): CatalogConfig {
  const plans = smallCatalogConfig.plans.map((plan) => (plan.id === 'free' ? { ...plan, windows } : plan));
  return { ...smallCatalogConfig, plans };
}

export function accountWith(
  windows: PlanWindowConfig[],
  { now = '2026-06-10T09:00:00Z', timeZone = 'UTC' } = {},
) {
  return new AccountFixture({ timeZone }, { now, catalog: compiled(catalogWith(...windows)) });
}

export const items = (quantity: bigint) => [{ metric: 'exports', quantity: formatAmount(quantity) }];

/** Uses so much, and tells what refused it. */
export function use(account: AccountFixture, quantity: bigint, dimensions = {}): RefusalFigures | null {
  const outcome = account.use(items(quantity), dimensions);
  return outcome.outcome === 'refused' ? outcome.refusal : null;
}

export function hold(account: AccountFixture, id: string, quantity: bigint): string {
  const expiresAtMs = account.nowMs + 600 * minuteMs;
  const command = { id, items: items(quantity), dimensions: {}, expiresAtMs };
  return account.decide((context) => decideHold(context, command)).outcome;
}

export function report(account: AccountFixture, atMs: number, quantity: bigint, backfill = false): void {
  const event = { atMs, items: items(quantity), dimensions: {}, backfill };
  account.decide((context) => decideEvent(context, event));
}

/** Counted in each window now, held or used, and when each gives back. */
export const member = (id: string): MemberRecord => memberRecord({ id });

export function standings({ state, catalog, nowMs, member }: AccountFixture) {
  return windowStandingsOf({ state, member, nowMs }, planOf(state, catalog).windows).map(
    ({ window, used, held, resetsAtMs }) => ({
      id: window.id,
      counted: used + held,
      resetsAt: resetsAtMs === null ? null : new Date(resetsAtMs).toISOString(),
    }),
  );
}

export const kinds = fc.constantFrom<Partial<PlanWindowConfig>>(
  { kind: 'day' },
  { kind: 'week' },
  { kind: 'first_use', minutes: 300 },
  { kind: 'rolling', minutes: 300 },
);
