import { addToSums, createLedgerSums, type Drift, findDrift } from '../domain/credits/reconcile.ts';
import type { AccountState } from '../domain/state.ts';
import type { PageRequest, Store, StorePage } from './store.ts';

const pageSize = 500;

/** What of one account's balances has drifted; nothing, where all is well. */
export interface ReconciledAccount {
  readonly accountId: string;
  readonly drifts: readonly Drift[];
}

/**
 * Recomputes every balance of every account from the whole ledger, account by account in order of their ids. What is
 * written meanwhile may look like drift: do it while nothing writes.
 */
export async function* reconcileStore(store: Store): AsyncGenerator<ReconciledAccount> {
  for await (const state of everyItem((page) => store.listAccounts(page))) {
    yield { accountId: state.profile.id, drifts: await driftsOf(store, state) };
  }
}

async function driftsOf(store: Store, state: AccountState): Promise<Drift[]> {
  const sums = createLedgerSums();
  for await (const entry of everyItem((page) => store.listEntries(state.profile.id, page)))
    addToSums(sums, entry);
  return findDrift(state, sums);
}

async function* everyItem<Item>(list: (page: PageRequest) => Promise<StorePage<Item>>): AsyncGenerator<Item> {
  let page = await list({ limit: pageSize });
  yield* page.items;
  while (page.nextCursor !== null) {
    page = await list({ limit: pageSize, cursor: page.nextCursor });
    yield* page.items;
  }
}
