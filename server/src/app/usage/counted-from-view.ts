import type { Cycle } from '../../contract/usage/usage.ts';
import type { AccountState } from '../../domain/state.ts';
import { countedFromMs } from '../../domain/usage/cycles.ts';
import { formatInstant } from '../http/instants.ts';

/** From when the figures of the present cycle count; nothing where that is its start. */
export function countedFromView(state: AccountState): Pick<Cycle, 'countedFrom'> {
  const fromMs = countedFromMs(state);
  return fromMs === state.usage.startsAtMs ? {} : { countedFrom: formatInstant(fromMs) };
}
