import type { PauseCause } from '../../contract/usage/usage.ts';
import type { Catalog, PauseRule } from '../catalog/catalog-types.ts';
import type { Quote } from '../gate/quote.ts';
import type { AccountState } from '../state.ts';

/** The account's pause; null if nothing is paused. */
export function pauseOf(
  { subscription }: Pick<AccountState, 'subscription'>,
  catalog: Catalog,
): PauseRule['what'] | null {
  const { status, pausedFor } = subscription;
  if (status === 'active' || status === 'trial') return null;
  // A subscription that has ended without a plan after it gives nothing any more.
  if (status === 'cancelled') return 'all';
  const when = status === 'past_due' ? 'past_due' : pausedFor;
  return catalog.pauses.find((rule) => rule.when === when)?.what ?? null;
}

/** Why something is paused; null where nothing is. */
export function pauseCauseOf(state: Pick<AccountState, 'subscription'>, catalog: Catalog): PauseCause | null {
  if (pauseOf(state, catalog) === null) return null;
  const { status, pausedFor } = state.subscription;
  if (status === 'cancelled') return 'ended';
  return status === 'past_due' ? 'past_due' : pausedFor;
}

/** Whether this metric is paused and others are not. */
export function isMetricPaused(
  state: Pick<AccountState, 'subscription'>,
  catalog: Catalog,
  metric: string,
): boolean {
  const what = pauseOf(state, catalog);
  return what !== null && what !== 'all' && what !== 'ai' && what.has(metric);
}

/** Whether the use touches something paused. A use without items touches nothing. */
export function isPaused(
  state: Pick<AccountState, 'subscription'>,
  catalog: Catalog,
  { priced, quantities }: Pick<Quote, 'priced' | 'quantities'>,
): boolean {
  const what = pauseOf(state, catalog);
  if (what === null) return false;
  if (what === 'ai') return priced.lines.some(({ kind }) => kind === 'llm');
  const used = [...quantities].filter(([, quantity]) => quantity > 0n);
  if (what === 'all') return used.length > 0 || priced.lines.length > 0;
  return used.some(([metric]) => what.has(metric));
}
