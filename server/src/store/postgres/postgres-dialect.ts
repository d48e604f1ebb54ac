import type { Dialect } from '../sql/dialect.ts';
import type { Columns } from '../sql/schema.ts';

/** The planner has no choice but an index (see `prepareConnection`), and takes the one that the values narrow most. */
export const postgresDialect: Dialect = {
  indexedBy: () => '',
  isTrue: (column) => column,
  isLimitInText: true,
};

/** What PostgreSQL's tables have in addition to `schema`: what processes agree by, and columns of its own working. */
export const postgresOwnColumns: Readonly<Record<string, Columns>> = {
  usagekit_schema: { version: 'integer' },
  leases: { name: 'text', holder: 'text', until: 'instant' },
  accounts: { stamp: 'bigint', pending_cells: 'text' },
  set_aside: { set_aside_at: 'instant' },
};

/** The text with numbers for its values: `$1` for the first `?`, and so on. */
export function numbered(sql: string): string {
  let last = 0;
  return sql.replaceAll('?', () => {
    last += 1;
    return `$${last}`;
  });
}
