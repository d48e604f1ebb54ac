import { addToSums, createLedgerSums, type Drift, findDrift } from '../domain/credits/reconcile.ts';
import type { AccountState } from '../domain/state.ts';
import { type PageRequest, type Store, StoredFormatError, type StorePage } from './store.ts';

const pageSize = 500;

/** What of one account's balances has drifted; nothing, where all is well. */
export interface ReconciledAccount {
  readonly accountId: string;
  readonly drifts: readonly Drift[];
  /** Why the account or its ledger cannot be read; null where it can. */
  readonly unreadable: string | null;
}

/**
 * Recomputes every balance of every account from the whole ledger, account by account in order of their ids. What is
 * written meanwhile may look like drift: do it while nothing writes.
 */
export async function* reconcileStore(store: Store): AsyncGenerator<ReconciledAccount> {
  for await (const accountId of everyItem((page) => store.listAccountIds(page))) {
    yield await reconciled(store, accountId);
  }
}

async function reconciled(store: Store, accountId: string): Promise<ReconciledAccount> {
  try {
    const state = await store.readAccount(accountId);
    const drifts = state === undefined ? [] : await driftsOf(store, state);
    return { accountId, drifts, unreadable: null };
  } catch (error) {
    if (!(error instanceof StoredFormatError)) throw error;
    return { accountId, drifts: [], unreadable: error.message };
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
