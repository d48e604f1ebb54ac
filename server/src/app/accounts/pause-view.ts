import type { Pause } from '../../contract/usage/usage.ts';
import { pauseCauseOf, pauseOf } from '../../domain/subscription/pauses.ts';
import type { AccountReading } from './account-reader.ts';

/** The paused metrics, with the reason for viewers who see billing; null if nothing is paused. */
export function pauseView({
  state,
  catalog,
  viewer,
}: Pick<AccountReading, 'state' | 'catalog' | 'viewer'>): Pause | null {
  const what = pauseOf(state, catalog);
  if (what === null) return null;
  return {
    what: what === 'all' || what === 'ai' ? what : 'metrics',
    cause: viewer.view.invoices ? pauseCauseOf(state, catalog) : null,
  };
}
