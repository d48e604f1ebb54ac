import type { AccountState } from '../../domain/state.ts';

/** So many grants, holds or members of an account take about as much memory as the rest of it. */
export const partsOfWeight = 8;

/** How many accounts with a few grants take as much memory as this one: at least 1. */
export function accountWeight({
  wallet,
  holds,
  paidDebts,
  memberCount,
  allocations,
  memberWindows,
}: AccountState): number {
  const membersKept = isEmpty(allocations) && isEmpty(memberWindows) ? 0 : memberCount;
  return 1 + (wallet.grants.length + holds.length + paidDebts.length + membersKept) / partsOfWeight;
}

/** Without a look at more than the first key: an account may have ten thousand. */
function isEmpty(byId: Readonly<Record<string, unknown>>): boolean {
  for (const _id in byId) return false;
  return true;
}
