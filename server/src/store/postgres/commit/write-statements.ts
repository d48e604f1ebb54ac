import type { QueryConfig } from 'pg';
import type { AccountState } from '../../../domain/state.ts';
import { partSumsOf } from '../../../domain/usage/day-parts.ts';
import { encodeAccount } from '../../codec/account-codec.ts';
import { embedEntries } from '../../codec/embedded-entry.ts';
import {
  type AccountParts,
  accountTable,
  activityTable,
  answerTable,
  type EntryRow,
  entryTable,
  eventIdTable,
  type OfAccount,
  rowOfActivity,
  rowOfEntry,
  rowOfUse,
  type UseRow,
  usageTable,
} from '../../sql/fact-tables.ts';
import { recordTables } from '../../sql/record-tables.ts';
import type { KeptAnswer, Writes } from '../../store.ts';
import type { KnownAccount } from './known-account.ts';
import { itemKinds } from './known-items.ts';
import { cellChanges, encodePendingCells, foldCells, foldDayParts } from './pending-cells.ts';
import {
  emptyProofs,
  isOfRefusals,
  proveStatements,
  refusalsSql,
  refusalValues,
  type TakenForGranted,
} from './prove-statement.ts';
import { inserter, insertSql, itemsSql, joinList, listsOf, putter } from './table-columns.ts';

export interface WriteStatements {
  /** To be sent in this order within one transaction. */
  readonly statements: readonly QueryConfig[];
  /** The accounts as they are once that is committed. */
  readonly accounts: ReadonlyMap<string, KnownAccount>;
}

/**
 * The statements that write everything. If an account no longer has the stamp that it was known by, or something is not as it was taken
 * for granted, the transaction fails by a division by zero.
 */
export function writeStatements(
  writes: Writes,
  known: ReadonlyMap<string, KnownAccount>,
  {
    stamp,
    nextReading,
    granted,
  }: {
    readonly stamp: string;
    readonly nextReading: () => number;
    /** Left out where everything was read with locks. */
    readonly granted?: TakenForGranted;
  },
): WriteStatements {
  const { pending, folded } = cellChanges(writes, known);
  const accounts = new Map<string, KnownAccount>();
  const changed: AccountRow[] = [];
  const added: AccountRow[] = [];
  for (const state of sortedById([...(writes.accounts ?? []), ...touchedOnly(writes, known)])) {
    const { id } = state.profile;
    const before = known.get(id);
    const cells = pending.get(id);
    const after = {
      stamp,
      state,
      pendingCells: cells ?? before?.pendingCells ?? [],
      reading: before?.reading ?? nextReading(),
    };
    accounts.set(id, after);
    const row = {
      ...encodeAccount(state, before?.state),
      accountId: id,
      stampBefore: before?.stamp,
      stamp,
      version: state.version,
      pendingCells:
        cells === undefined && before !== undefined ? undefined : encodePendingCells(after.pendingCells),
    };
    (before === undefined ? added : changed).push(row);
  }

  const { rows, apart } = embedEntries(writes.usage ?? [], writes.entries ?? []);
  const usage = rows.map(rowOfUse);
  const entries = apart.map(rowOfEntry);
  const { answers = [] } = writes;
  const refusals = granted && changed.length > 0 && isOfRefusals(granted) ? granted : undefined;
  const statements = granted && !refusals ? proveStatements(granted) : [];
  const send = <Row>(make: (rows: readonly Row[]) => QueryConfig, rows: readonly Row[] = []): void => {
    if (rows.length > 0) statements.push(make(rows));
  };
  if (changed.length > 0)
    statements.push(
      writeUses({
        changed,
        stamp,
        usage,
        entries,
        answers,
        catalogVersion: granted?.catalogVersion ?? undefined,
        refusals,
      }),
    );
  else {
    send(addUsage, usage);
    send(addEntries, entries);
    send(addAnswers, answers);
  }
  send(addAccounts, added);
  send(foldCells, folded);
  send(foldDayParts, partSumsOf(folded));
  send(addEventIds, writes.eventIds);
  send(putMembers, writes.members);
  send(putHolds, writes.holds);
  send(putTasks, writes.tasks);
  send(putPurchases, writes.purchases);
  send(putInvoices, writes.invoices);
  send(putCharges, writes.charges);
  send(putNotices, writes.notices);
  send(addActivity, writes.activity?.map(rowOfActivity));
  return { statements, accounts };
}

/**
 * Accounts whose items are written while the accounts themselves are not. They get a new stamp, so that other processes notice.
 */
function touchedOnly(writes: Writes, known: ReadonlyMap<string, KnownAccount>): AccountState[] {
  const written = new Set(writes.accounts?.map((state) => state.profile.id));
  const touched = new Map<string, AccountState>();
  for (const kind of itemKinds) {
    for (const { accountId } of writes[kind] ?? []) {
      const account = written.has(accountId) ? undefined : known.get(accountId);
      if (account !== undefined) touched.set(accountId, account.state);
    }
  }
  return [...touched.values()];
}

/** Every statement that `writeStatements` may give, over no rows. */
export function emptyStatements(): QueryConfig[] {
  const makers: ((rows: readonly never[]) => QueryConfig)[] = [
    addUsage,
    addEntries,
    addAnswers,
    addAccounts,
    foldCells,
    foldDayParts,
    addEventIds,
    putMembers,
    putHolds,
    putTasks,
    putPurchases,
    putInvoices,
    putCharges,
    putNotices,
    addActivity,
  ];
  const none = {
    changed: [],
    stamp: '0',
    usage: [],
    entries: [],
    answers: [],
    catalogVersion: undefined,
    refusals: undefined,
  };
  const uses = [plainUses, usesAndEntries, usesAndRefusals, usesWithAll].map((statement) =>
    writeUses(none, statement),
  );
  return [...uses, ...emptyProofs(), ...makers.map((make) => make([]))];
}

/** Rows are locked in this order by every process. */
function sortedById(states: readonly AccountState[]): AccountState[] {
  return [...states].sort((a, b) => (a.profile.id < b.profile.id ? -1 : 1));
}

/** Parts that did not change are undefined, which arrives as null. */
interface AccountRow extends AccountParts {
  readonly accountId: string;
  readonly stampBefore: string | undefined;
  readonly stamp: string;
  readonly pendingCells: string | undefined;
}

const addAccounts = inserter<AccountRow>({
  table: accountTable.table,
  columns: [
    ...accountTable.columns,
    ['stamp', 'bigint', (row) => row.stamp],
    ['pending_cells', 'text', (row) => row.pendingCells],
  ],
});
const addEntries = inserter(entryTable);
const addUsage = inserter(usageTable);
const addAnswers = inserter(answerTable);

/** The writes of most transactions, without the rare ones. */
interface Uses {
  readonly changed: readonly AccountRow[];
  /** Theirs from now on. */
  readonly stamp: string;
  readonly usage: readonly OfAccount<UseRow>[];
  /** Entries that stand in no row of a use. */
  readonly entries: readonly OfAccount<EntryRow>[];
  readonly answers: readonly KeptAnswer[];
  /** That the decision was made on; undefined where it was read with the accounts. */
  readonly catalogVersion: number | undefined;
  /** What refusals in the same batch took for granted. */
  readonly refusals: Pick<TakenForGranted, 'accounts' | 'answers'> | undefined;
}

/** Parts of the statement that most transactions do without: a part costs something without rows too. */
interface UsesParts {
  readonly entries: boolean;
  readonly refusals: boolean;
}

const accountLists = 10;
const usageFirst = accountLists + 4;
const answersFirst = usageFirst + usageTable.columns.length;
const entriesFirst = answersFirst + answerTable.columns.length;

/** One statement for all of it: what a statement costs by itself is shared too. */
function writeUsesSql({ entries, refusals }: UsesParts): string {
  const refusalsFirst = entriesFirst + (entries ? entryTable.columns.length : 0);
  return `
  WITH changed AS (
    UPDATE accounts SET stamp = $${accountLists + 1}::bigint, version = v,
      profile = coalesce(p, profile), wallet = coalesce(w, wallet), usage = coalesce(u, usage),
      holds = coalesce(h, holds), rest = coalesce(o, rest), pending_cells = coalesce(c, pending_cells),
      due_at_ms = coalesce(d, due_at_ms)
    FROM (
      SELECT ${itemsSql(1)} AS a, ${itemsSql(2, 'bigint')} AS known_stamp, ${itemsSql(3, 'bigint')} AS v,
        ${itemsSql(4)} AS p, ${itemsSql(5)} AS w, ${itemsSql(6)} AS u, ${itemsSql(7)} AS h, ${itemsSql(8)} AS o,
        ${itemsSql(9)} AS c, ${itemsSql(10, 'bigint')} AS d
    ) AS given
    WHERE account_id = a AND stamp = known_stamp
    RETURNING 1
  ),
  added_usage AS (${insertSql(usageTable, usageFirst)}),
  ${entries ? `added_entries AS (${insertSql(entryTable, entriesFirst)}),` : ''}
  added_answers AS (${insertSql(answerTable, answersFirst)})
  SELECT 1 / (
    count(*) = $${accountLists + 2}::integer AND (
      $${accountLists + 3}::integer IS NULL
      OR $${accountLists + 3}::integer = (SELECT coalesce(max(version), 0) FROM catalogs)
    )${refusals ? ` AND ${refusalsSql(refusalsFirst)}` : ''}
  )::integer FROM changed`;
}

type UsesStatement = UsesParts & { readonly name: string; readonly text: string };

function usesStatement(parts: UsesParts): UsesStatement {
  const name = `write_uses${parts.entries ? '_and_entries' : ''}${parts.refusals ? '_and_refusals' : ''}`;
  return { ...parts, name, text: writeUsesSql(parts) };
}

const plainUses = usesStatement({ entries: false, refusals: false });
const usesAndEntries = usesStatement({ entries: true, refusals: false });
const usesAndRefusals = usesStatement({ entries: false, refusals: true });
const usesWithAll = usesStatement({ entries: true, refusals: true });

function usesStatementOf({ entries, refusals }: Uses): UsesStatement {
  if (entries.length > 0) return refusals ? usesWithAll : usesAndEntries;
  return refusals ? usesAndRefusals : plainUses;
}

function writeUses(uses: Uses, statement = usesStatementOf(uses)): QueryConfig {
  const { changed, stamp, usage, entries, answers, catalogVersion, refusals } = uses;
  const { name, text } = statement;
  const lists = [
    changed.map((row) => row.accountId),
    changed.map((row) => row.stampBefore),
    changed.map((row) => row.version),
    changed.map((row) => row.profile),
    changed.map((row) => row.wallet),
    changed.map((row) => row.usage),
    changed.map((row) => row.holds),
    changed.map((row) => row.rest),
    changed.map((row) => row.pendingCells),
    changed.map((row) => row.dueAtMs),
  ];
  const values: NonNullable<QueryConfig['values']> = [
    ...lists.map(joinList),
    stamp,
    changed.length,
    catalogVersion,
    ...listsOf(usageTable, usage),
    ...listsOf(answerTable, answers),
  ];
  if (statement.entries) values.push(...listsOf(entryTable, entries));
  if (statement.refusals) values.push(...refusalValues(refusals ?? { accounts: [], answers: [] }));
  return { name, text, values };
}

const addEventIds = inserter(eventIdTable);
const putMembers = putter(recordTables.members);
const putHolds = putter(recordTables.holds);
const putTasks = putter(recordTables.tasks);
const putPurchases = putter(recordTables.purchases);
const putInvoices = putter(recordTables.invoices);
const putCharges = putter(recordTables.charges);
const putNotices = putter(recordTables.notices);

const addActivity = inserter(activityTable);
