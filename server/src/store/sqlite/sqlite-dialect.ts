import type { Dialect } from '../sql/dialect.ts';

/** Without statistics the planner is told which index to read. */
export const sqliteDialect: Dialect = {
  indexedBy: (index) => `INDEXED BY ${index}`,
  isTrue: (column) => `${column} = 1`,
  isLimitInText: false,
};
