import type { QueryConfig } from 'pg';
import type { AccountItem } from '../../store.ts';
import { type ItemKind, itemKinds } from './known-items.ts';

/** The rows that a batch was decided on but does not write, so that none of its other statements proves them. */
export interface TakenForGranted {
  /** The latest; null proves nothing of it. */
  readonly catalogVersion: number | null;
  /** Whether the batch writes no account, so that nothing else of it proves the catalog's version. */
  readonly isUnproved: boolean;
  /** Accounts that bear the stamp that they are known by. */
  readonly accounts: readonly { readonly id: string; readonly stamp: string }[];
  /** Idempotency keys, as ids, that are not there. */
  readonly answers: readonly AccountItem[];
  /** Events that are not there. */
  readonly eventIds: readonly AccountItem[];
  /** Things that are not there before they are written. */
  readonly absent: readonly { readonly kind: ItemKind; readonly item: AccountItem }[];
}

/**
 * What fails, by a division by zero, where something is not as it was taken for granted: a statement for the accounts and the catalog, and one for
 * each table that something must not be in. One for all of them would cost what all of them cost, and mostly a refusal is to be proved,
 * by its account and its key.
 */
export function proveStatements(granted: TakenForGranted): QueryConfig[] {
  const { isUnproved, accounts, answers, eventIds, absent } = granted;
  const statements = isUnproved || accounts.length > 0 ? [proveAccounts(granted)] : [];
  const proveAbsent = (table: AbsentTable, items: readonly AccountItem[]): void => {
    if (items.length > 0) statements.push(proveAbsentFrom(table, items));
  };
  proveAbsent(answersTable, answers);
  proveAbsent(eventIdsTable, eventIds);
  for (const [kind, table] of itemTables)
    proveAbsent(
      table,
      absent.filter((each) => each.kind === kind).map(({ item }) => item),
    );
  return statements;
}

/**
 * Whether it is only that accounts are as they are known, or that keys are not there: what a refusal takes for granted. The statement that
 * writes uses proves it along with them.
 */
export function isOfRefusals({ accounts, answers, eventIds, absent }: TakenForGranted): boolean {
  return accounts.length + answers.length > 0 && eventIds.length === 0 && absent.length === 0;
}

/** SQL that is true where the accounts and the keys that `refusalValues` gives are as they were taken for granted. */
export function refusalsSql(firstParameter: number): string {
  const [ids, stamps, count, keyAccounts, keys] = refusalTypes.map(
    (type, index) => `$${firstParameter + index}::${type}`,
  );
  return `(
      SELECT count(*) FROM unnest(${ids}, ${stamps}) AS asked (account_id, stamp) JOIN accounts USING (account_id, stamp)
    ) = ${count} AND NOT EXISTS (
      SELECT FROM unnest(${keyAccounts}, ${keys}) AS asked (account_id, key) JOIN answers USING (account_id, key)
    )`;
}

const refusalTypes = ['text[]', 'bigint[]', 'integer', 'text[]', 'text[]'] as const;

export function refusalValues({
  accounts,
  answers,
}: Pick<TakenForGranted, 'accounts' | 'answers'>): NonNullable<QueryConfig['values']> {
  return [...accountValues(accounts), ...itemValues(answers)];
}

/** Every statement that `proveStatements` may give, of nothing. */
export function emptyProofs(): QueryConfig[] {
  const tables = [answersTable, eventIdsTable, ...itemTables.values()];
  return [
    proveAccounts({ catalogVersion: null, accounts: [] }),
    ...tables.map((table) => proveAbsentFrom(table, [])),
  ];
}

function proveAccounts({
  catalogVersion,
  accounts,
}: Pick<TakenForGranted, 'catalogVersion' | 'accounts'>): QueryConfig {
  return {
    name: 'prove_accounts',
    text: proveAccountsSql,
    values: [...accountValues(accounts), catalogVersion],
  };
}

function accountValues(accounts: TakenForGranted['accounts']): NonNullable<QueryConfig['values']> {
  return [accounts.map(({ id }) => id), accounts.map(({ stamp }) => stamp), accounts.length];
}

const proveAccountsSql = `
  SELECT 1 / (
    (
      SELECT count(*) FROM unnest($1::text[], $2::bigint[]) AS asked (account_id, stamp)
        JOIN accounts USING (account_id, stamp)
    ) = $3::integer
    AND ($4::integer IS NULL OR (SELECT coalesce(max(version), 0) FROM catalogs) = $4::integer)
  )::integer`;

interface AbsentTable {
  readonly name: string;
  readonly text: string;
}

function absentTable(table: string, id = 'id'): AbsentTable {
  return {
    name: `prove_absent_${table}`,
    text: `
  SELECT 1 / (NOT EXISTS (
    SELECT FROM unnest($1::text[], $2::text[]) AS asked (account_id, ${id}) JOIN ${table} USING (account_id, ${id})
  ))::integer`,
  };
}

const answersTable = absentTable('answers', 'key');
const eventIdsTable = absentTable('event_ids');
const itemTables = new Map(itemKinds.map((kind) => [kind, absentTable(kind)]));

function proveAbsentFrom(table: AbsentTable, items: readonly AccountItem[]): QueryConfig {
  return { ...table, values: itemValues(items) };
}

function itemValues(items: readonly AccountItem[]): NonNullable<QueryConfig['values']> {
  return [items.map(({ accountId }) => accountId), items.map(({ id }) => id)];
}
