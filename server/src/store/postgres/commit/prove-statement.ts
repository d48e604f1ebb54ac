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

export function isNothing({ isUnproved, accounts, answers, eventIds, absent }: TakenForGranted): boolean {
  return !isUnproved && accounts.length + answers.length + eventIds.length + absent.length === 0;
}

/** Fails, by a division by zero, where something is not as it was taken for granted. */
export function proveStatement({
  catalogVersion,
  accounts,
  answers,
  eventIds,
  absent,
}: TakenForGranted): QueryConfig {
  const absentOf = (kind: ItemKind): AccountItem[] =>
    absent.filter((each) => each.kind === kind).map(({ item }) => item);
  const lists = [answers, eventIds, ...itemKinds.map(absentOf)];
  return {
    name: 'prove',
    text: proveSql,
    values: [
      accounts.map(({ id }) => id),
      accounts.map(({ stamp }) => stamp),
      accounts.length,
      catalogVersion,
      ...lists.flatMap((items) => [items.map(({ accountId }) => accountId), items.map(({ id }) => id)]),
    ],
  };
}

const tables = [
  { table: 'answers', id: 'key' },
  { table: 'event_ids', id: 'id' },
  ...itemKinds.map((table) => ({ table, id: 'id' })),
];

const proveSql = `
  SELECT 1 / (
    (
      SELECT count(*) FROM unnest($1::text[], $2::bigint[]) AS asked (account_id, stamp)
        JOIN accounts USING (account_id, stamp)
    ) = $3::integer
    AND ($4::integer IS NULL OR (SELECT coalesce(max(version), 0) FROM catalogs) = $4::integer)
    ${tables
      .map(
        ({ table, id }, index) => `AND NOT EXISTS (
      SELECT FROM unnest($${5 + 2 * index}::text[], $${6 + 2 * index}::text[]) AS asked (account_id, ${id})
        JOIN ${table} USING (account_id, ${id})
    )`,
      )
      .join('\n    ')}
  )::integer`;
