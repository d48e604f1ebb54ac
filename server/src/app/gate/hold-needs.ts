import type { Loaded } from '../../store/store.ts';
import { AppError } from '../http/reply/problem.ts';

/** @throws AppError `not_found`: a hold that was never made is another thing than one that has ended. */
export function assertHoldKnown(loaded: Loaded, accountId: string, holdId: string): void {
  if (loaded.hold(accountId, holdId) === undefined)
    throw new AppError('not_found', `There is no hold '${holdId}' in this account`);
}
