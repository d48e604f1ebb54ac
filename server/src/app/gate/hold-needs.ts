import type { HoldRecord } from '../../domain/holds/state.ts';
import type { Loaded } from '../../store/store.ts';
import { formatInstant } from '../http/instants.ts';
import { AppError } from '../http/reply/problem.ts';

/**
 * Looks at what is stored; a hold that has expired meanwhile is refused by the domain.
 * @throws AppError `not_found` where the hold was never made; `hold_not_open` that says how and when it ended: whoever does not know
 * what became of its own settlement learns it so.
 */
export function assertHoldOpen(loaded: Loaded, accountId: string, holdId: string): void {
  const hold = loaded.hold(accountId, holdId);
  if (hold === undefined) throw new AppError('not_found', `There is no hold '${holdId}' in this account`);
  if (hold.status !== 'open') throw new AppError('hold_not_open', `Hold '${holdId}' ${endOf(hold)}`);
}

function endOf({ status, endedAtMs }: Pick<HoldRecord, 'status' | 'endedAtMs'>): string {
  const ended = status === 'expired' ? 'expired' : `was ${status}`;
  return endedAtMs === null ? ended : `${ended} at ${formatInstant(endedAtMs)}`;
}
