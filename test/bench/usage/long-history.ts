import type { LedgerRecord } from '@usagekit/server/domain';
import type { Store } from '../../../server/src/store/store.ts';
import { nowMs } from '../engine/engine.ts';

const entriesPerWrite = 2_000;

/** Puts so many ledger entries, with their usage records, behind an account. */
export async function addHistory(store: Store, accountId: string, count: number): Promise<void> {
  let added = 0;
  while (added < count) {
    const entries: LedgerRecord[] = [];
    await store.write({ accountIds: [accountId] }, (loaded) => {
      const state = loaded.account(accountId);
      if (state === undefined) throw new Error(`There is no account ${accountId}.`);
      const first = state.wallet.nextSeq;
      const size = Math.min(entriesPerWrite, count - added);
      entries.length = 0;
      for (let index = 0; index < size; index++) entries.push(pastEntry(accountId, first + index));
      const wallet = { ...state.wallet, nextSeq: first + size };
      return {
        writes: { accounts: [{ ...state, wallet, version: state.version + 1 }], entries },
        result: undefined,
      };
    });
    added += entries.length;
    // Reading brings the tables up to date, so that the history does not wait in memory.
    await store.listEntries(accountId, { limit: 1 });
  }
}

function pastEntry(accountId: string, seq: number): LedgerRecord {
  return {
    id: `past-${String(seq).padStart(9, '0')}`,
    accountId,
    seq,
    kind: 'debit',
    unit: 'credits',
    amount: 0n,
    legs: [],
    debt: 0n,
    balanceAfter: 0n,
    description: 'Swift 1',
    usageId: null,
    memberId: null,
    agentId: 'writer',
    taskId: null,
    holdId: null,
    effectiveAtMs: nowMs - 86_400_000,
    recordedAtMs: nowMs - 86_400_000,
  };
}
