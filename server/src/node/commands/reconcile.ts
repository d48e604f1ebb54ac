import { addToSums, createLedgerSums, type Drift, findDrift } from '../../domain/reconcile.ts';
import type { AccountState } from '../../domain/state.ts';
import type { Store } from '../../store/store.ts';
import { readConfig } from '../config.ts';
import { openStore } from '../open-store.ts';
import type { Command } from './command.ts';

const pageSize = 500;

/** `usagekit reconcile`: recomputes every balance from the ledger, and fails where one has drifted. */
export const reconcileCommand: Command = {
  name: 'reconcile',
  operands: '',
  summary: 'Recomputes every balance from the ledger; fails on drift',
  flags: {
    database: 'SQLite file, while no server holds it',
    'database-url': 'PostgreSQL instead of the file',
  },
  async run({ flags, environment, print }) {
    const store = await openStore(readConfig(flags, environment));
    let accounts = 0;
    let drifted = 0;
    try {
      for await (const state of everyAccount(store)) {
        accounts += 1;
        for (const drift of await driftOf(store, state)) {
          drifted += 1;
          print(`${drift.accountId}: ${drift.subject} is ${drift.found}, its entries say ${drift.expected}`);
        }
      }
    } finally {
      await store.close();
    }
    print(`${accounts} accounts, ${drifted} balances that drifted.`);
    return drifted === 0 ? 0 : 1;
  },
};

async function* everyAccount(store: Store): AsyncGenerator<AccountState> {
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Awaited<ReturnType<Store['listAccounts']>> = await store.listAccounts({
      limit: pageSize,
      ...(cursor === '' ? {} : { cursor }),
    });
    yield* page.items;
    cursor = page.nextCursor;
  }
}

async function driftOf(store: Store, state: AccountState): Promise<Drift[]> {
  const sums = createLedgerSums();
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Awaited<ReturnType<Store['listEntries']>> = await store.listEntries(state.profile.id, {
      limit: pageSize,
      ...(cursor === '' ? {} : { cursor }),
    });
    for (const entry of page.items) addToSums(sums, entry);
    cursor = page.nextCursor;
  }
  return findDrift(state, sums);
}
