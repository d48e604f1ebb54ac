import type { Dialect } from '../sql/dialect.ts';

/** The planner has no choice but an index (see `prepareConnection`), and takes the one that the values narrow most. */
export const postgresDialect: Dialect = {
  indexedBy: () => '',
  isTrue: (column) => column,
  isLimitInText: true,
};

/** The text with numbers for its values: `$1` for the first `?`, and so on. */
export function numbered(sql: string): string {
  let last = 0;
  return sql.replaceAll('?', () => {
    last += 1;
    return `$${last}`;
  });
}
