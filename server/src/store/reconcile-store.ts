import { apiBounds } from '../contract/api-bounds.ts';
import { msPerDay } from '../contract/values/durations.ts';
import {
  addToSums,
  createLedgerSums,
  type Drift,
  findDrift,
  type LedgerSums,
} from '../domain/credits/reconcile.ts';
import { isClosedByErasure } from '../domain/erasures/erase-state.ts';
import {
  addCharge,
  addInvoice,
  addUse,
  createMoneySums,
  findMoneyDrift,
  findUseDrift,
  type MoneySums,
} from '../domain/invoices/reconcile.ts';
import type { AccountState } from '../domain/state.ts';
import { everyItem } from './every-item.ts';
import type { PageRequest, Store, StorePage } from './store.ts';
import { StoredFormatError } from './store-errors.ts';

/** The balances of one account that have drifted; empty if none has. */
export interface ReconciledAccount {
  readonly accountId: string;
  readonly drifts: readonly Drift[];
  /** Why the account or its ledger cannot be read; null where it can. */
  readonly unreadable: string | null;
}

/** Lets others have their turn between two pages of a ledger. */
export type Pause = () => Promise<void>;

/** How a reconciliation reads. */
export interface Reading {
  readonly pause?: Pause;
  /** Uses of earlier lines are not compared; null compares all of them. */
  readonly usesFromMs?: number | null;
}

const noPause: Pause = async () => {};

/** A use changes lines that begin up to so much later, as one that comes late does. */
const lateUseMs = (apiBounds.eventAgeDaysMax + 1) * msPerDay;

/**
 * Recomputes every balance of every account from the whole ledger, account by account in order of their ids. It may be
 * done while others write: each account is compared with the entries that it knew when it was read.
 */
export async function* reconcileStore(
  store: Store,
  reading: Reading = {},
): AsyncGenerator<ReconciledAccount> {
  for await (const accountId of everyItem((page) => store.listAccountIds(page))) {
    yield await reconcileAccount(store, accountId, reading);
  }
}

/** The same for a page of accounts. */
export async function reconcilePage(
  store: Store,
  page: PageRequest,
  reading: Reading = {},
): Promise<StorePage<ReconciledAccount>> {
  const { items, nextCursor } = await store.listAccountIds(page);
  const reconciled: ReconciledAccount[] = [];
  for (const accountId of items) reconciled.push(await reconcileAccount(store, accountId, reading));
  return { items: reconciled, nextCursor };
}

async function reconcileAccount(
  store: Store,
  accountId: string,
  reading: Reading,
): Promise<ReconciledAccount> {
  try {
    const state = await store.readAccount(accountId);
    // Of an account that is being erased a part of the entries is elsewhere already; it is compared under its new name.
    const isWhole = state !== undefined && (state.erasedAtMs !== undefined || !isClosedByErasure(state));
    const drifts = !isWhole ? [] : await driftsOf(store, state, reading);
    if (isWhole && (reading.usesFromMs ?? null) === null) await readTheRest(store, accountId, reading);
    return { accountId, drifts, unreadable: null };
  } catch (error) {
    if (!(error instanceof StoredFormatError)) throw error;
    return { accountId, drifts: [], unreadable: error.message };
  }
}

/** Nothing of it is summed; it only has to be readable. @throws StoredFormatError */
async function readTheRest(store: Store, accountId: string, { pause = noPause }: Reading): Promise<void> {
  for (const list of ['listMembers', 'listHolds', 'listActivity'] as const)
    for await (const _ of everyItem(paced<unknown>(pause, (page) => store[list](accountId, page))));
}

/** A list whose pages wait their turn. */
function paced<Item>(
  pause: Pause,
  list: (page: PageRequest) => Promise<StorePage<Item>>,
): (page: PageRequest) => Promise<StorePage<Item>> {
  return async (page) => {
    await pause();
    return list(page);
  };
}

async function driftsOf(store: Store, state: AccountState, reading: Reading): Promise<Drift[]> {
  const { pause = noPause, usesFromMs = null } = reading;
  const ledger = await ledgerSumsOf(store, state, pause);
  return [...findDrift(state, ledger), ...(await moneyDriftsOf(store, state, { ledger, pause, usesFromMs }))];
}

/** Invoices and charges change after they were made, so they are compared once nothing changed while they were read. */
const moneyReadsMax = 3;

async function moneyDriftsOf(
  store: Store,
  before: AccountState,
  {
    ledger,
    pause,
    usesFromMs,
  }: { readonly ledger: LedgerSums; readonly pause: Pause; readonly usesFromMs: number | null },
): Promise<Drift[]> {
  const accountId = before.profile.id;
  let state = before;
  for (let reads = 1; reads <= moneyReadsMax; reads++) {
    const sums = await moneySumsOf(store, accountId, { pause, usesFromMs });
    const after = await store.readAccount(accountId);
    if (after === undefined) return [];
    if (after.version === state.version) {
      // The debits are those that the first state knew.
      const ofUses =
        state === before && usesFromMs === null ? findUseDrift(accountId, sums, ledger.debits) : [];
      return [...findMoneyDrift(state, sums), ...ofUses];
    }
    state = after;
    // What is wrong within a record is wrong whatever else changes.
    if (reads === moneyReadsMax) return sums.drifts;
  }
  return [];
}

async function moneySumsOf(
  store: Store,
  accountId: string,
  { pause, usesFromMs }: { readonly pause: Pause; readonly usesFromMs: number | null },
): Promise<MoneySums> {
  const sums = createMoneySums();
  // What was used before is as unknown as what was recorded before uses told it.
  if (usesFromMs !== null) sums.unknownUntilMs = usesFromMs - 1;
  const fromMs = usesFromMs === null ? Number.MIN_SAFE_INTEGER : usesFromMs - lateUseMs;
  const all = { accountId, fromMs, toMs: Number.MAX_SAFE_INTEGER };
  for await (const invoice of everyItem(paced(pause, (page) => store.listInvoices(accountId, page))))
    addInvoice(sums, invoice);
  for await (const charge of everyItem(paced(pause, (page) => store.listCharges(accountId, page))))
    addCharge(sums, charge);
  for await (const usage of everyItem(paced(pause, (page) => store.listUsage(all, page))))
    addUse(sums, usage);
  return sums;
}

async function ledgerSumsOf(store: Store, state: AccountState, pause: Pause): Promise<LedgerSums> {
  const sums = createLedgerSums();
  const { nextSeq } = state.wallet;
  const list = paced(pause, (page) => store.listEntries(state.profile.id, page));
  // Entries are numbered and never change, so those from the account's next number on came after it was read.
  for await (const entry of everyItem(list)) if (entry.seq < nextSeq) addToSums(sums, entry);
  return sums;
}
