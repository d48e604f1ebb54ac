import type { KeyOwner, PairingRecord } from '../installation-records.ts';

/** Whether a member of the account has decided on the pairing; the one that is named, where one is. */
export function isDecidedBy({ decision }: PairingRecord, { accountId, memberId }: KeyOwner): boolean {
  return decision?.accountId === accountId && (memberId === null || decision.memberId === memberId);
}
