import type { Dialect } from '../sql/dialect.ts';
import type { Columns } from '../sql/schema.ts';

/** Without statistics the planner is told which index to read. */
export const sqliteDialect: Dialect = {
  indexedBy: (index) => `INDEXED BY ${index}`,
  isTrue: (column) => `${column} = 1`,
  isLimitInText: false,
};

/** What SQLite's tables have in addition to `schema`: the journal, and columns of its own working. */
export const sqliteOwnColumns: Readonly<Record<string, Columns>> = {
  journal: { id: 'bigint', body: 'text', answer_bodies: 'text' },
  account_folds: {
    account_id: 'text',
    journal_id: 'bigint',
    cells_journal_id: 'bigint',
    part_journal_id: 'bigint',
    part_hash: 'bigint',
    part_count: 'bigint',
  },
  answers: { id: 'bigint' },
  set_aside: { set_aside_at_ms: 'bigint' },
};
