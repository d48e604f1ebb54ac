import { auditIdPrefix } from '../../domain/ids/audit-id.ts';
import type { ForgottenNoun } from '../store.ts';
import type { SqlValue } from './list-query.ts';

/** A statement with `?` for each value, in their order. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

interface Forgotten {
  readonly key: string;
  /** With one `?`, for the instant. */
  readonly isOld: string;
  /** An index has the old rows in this order, so that a slice reads little more than it removes. */
  readonly order: string;
}

const forgotten: Readonly<Record<ForgottenNoun, Forgotten>> = {
  answers: {
    key: 'key, account_id',
    isOld: 'recorded_at_ms < ?',
    order: 'recorded_at_ms, account_id, key',
  },
  notices: {
    key: 'account_id, id',
    isOld: 'created_at_ms < ? AND due_at_ms IS NULL',
    order: 'created_at_ms, id, account_id',
  },
  audit: { key: 'id', isOld: 'id < ?', order: 'id' },
  keys: { key: 'id', isOld: 'expires_at_ms < ?', order: 'expires_at_ms, id' },
  pairings: { key: 'id', isOld: 'expires_at_ms < ?', order: 'expires_at_ms, id' },
};

/** Removes the oldest rows from before the instant, at most `limit`. */
export function forgetStatement(noun: ForgottenNoun, beforeMs: number, limit: number): Statement {
  const { key, isOld, order } = forgotten[noun];
  return {
    sql: `DELETE FROM ${noun} WHERE (${key}) IN (SELECT ${key} FROM ${noun} WHERE ${isOld} ORDER BY ${order} LIMIT ?)`,
    values: [before(noun, beforeMs), limit],
  };
}

/** Has a row where there is one from before the instant. */
export function olderStatement(noun: ForgottenNoun, beforeMs: number): Statement {
  const { isOld, order } = forgotten[noun];
  return {
    sql: `SELECT 1 AS found FROM ${noun} WHERE ${isOld} ORDER BY ${order} LIMIT 1`,
    values: [before(noun, beforeMs)],
  };
}

function before(noun: ForgottenNoun, beforeMs: number): SqlValue {
  return noun === 'audit' ? auditIdPrefix(beforeMs) : beforeMs;
}
