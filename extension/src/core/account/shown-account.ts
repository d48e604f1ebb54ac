import { type BadgeState, decideBadgeState } from '../badge/badge-state.ts';
import type { AccountView, ExtensionState } from '../rpc/rpc.ts';
import type { Snapshot } from './snapshot.ts';

/** The candidates. */
export interface Shown {
  connectionId: string;
  snapshot: Snapshot;
}

/**
 * Chooses the account that the toolbar shows: that of the added site which is in view, else the one that the user chose, else the
 * one that needs attention most.
 * @param inView The connection of the added site in view; null where none is.
 */
export function chooseShown<Account extends Shown>(
  accounts: readonly Account[],
  inView: string | null,
  chosen: string | null,
  nowMs: number,
): Account | undefined {
  const byId = (id: string | null) => accounts.find(({ connectionId }) => connectionId === id);
  return byId(inView) ?? byId(chosen) ?? mostUrgent(accounts, nowMs);
}

function mostUrgent<Account extends Shown>(accounts: readonly Account[], nowMs: number): Account | undefined {
  const urgencyOf = ({ snapshot }: Account) => urgency(decideBadgeState(true, snapshot, nowMs));
  let most: Account | undefined;
  for (const account of accounts)
    if (most === undefined || urgencyOf(account) > urgencyOf(most)) most = account;
  return most;
}

const levels = { warning: 1, high: 2, over: 3 } as const;

/** Order: stopped work first, then low figures, then unreadable ones, then healthy ones. */
function urgency(badgeState: BadgeState): number {
  switch (badgeState.kind) {
    case 'blocked':
      return 8;
    case 'past_due':
      return 7;
    case 'low':
      return 3 + levels[badgeState.level];
    case 'error':
      return 3;
    case 'stale':
      return 2;
    case 'loading':
      return 1;
    case 'unpaired':
    case 'ok':
      return 0;
  }
}

/** The account that pages show, as the background chose it; undefined where none is connected. */
export function shownAccount({ accounts, shownId }: ExtensionState): AccountView | undefined {
  return accounts.find(({ connection }) => connection.id === shownId) ?? accounts[0];
}
