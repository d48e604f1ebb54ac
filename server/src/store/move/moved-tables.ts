/** A value of a column as both dialects know it: text, or an integer of 64 bits. */
export type MovedValue = string | bigint | null;

/** A row by the names of its columns, as both dialects have them. */
export type MovedRow = Readonly<Record<string, MovedValue>>;

/**
 * The tables that are moved from one database to another, with the key by which a row is written over another one. A table that
 * stands in neither list makes a test fail.
 */
export const movedTables = {
  secrets: ['name'],
  keys: ['id'],
  pairings: ['id'],
  webhook_endpoints: ['id'],
  catalogs: ['version'],
  clocks: ['id'],
  audit: ['id'],
  erasures: ['id'],
  accounts: ['account_id'],
  members: ['account_id', 'id'],
  entries: ['account_id', 'seq'],
  usage: ['account_id', 'at_ms', 'id'],
  cells: ['account_id', 'metric', 'dimension', 'day', 'value'],
  day_parts: ['account_id', 'part', 'day'],
  event_ids: ['account_id', 'id'],
  answers: ['account_id', 'key'],
  holds: ['account_id', 'id'],
  tasks: ['account_id', 'id'],
  purchases: ['account_id', 'id'],
  invoices: ['account_id', 'id'],
  charges: ['account_id', 'id'],
  notices: ['account_id', 'id'],
  activity: ['account_id', 'at_ms', 'id'],
  set_aside: ['id'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type MovedTable = keyof typeof movedTables;

export const movedTableNames = Object.keys(movedTables) as MovedTable[];

/** Tables of a dialect's own working, which say nothing that is not in the others once a database is at rest. */
export const ownTables: ReadonlySet<string> = new Set([
  'journal',
  'account_folds',
  'leases',
  'stored_formats',
  'usagekit_schema',
  'sqlite_sequence',
  'moves',
  'sweeps',
]);

/** Columns of a dialect's own working, by table. */
export const ownColumns: Readonly<Partial<Record<MovedTable, ReadonlySet<string>>>> = {
  accounts: new Set(['stamp', 'pending_cells']),
  usage: new Set(['entry_seq', 'entry']),
  answers: new Set(['id']),
  set_aside: new Set(['id', 'set_aside_at', 'set_aside_at_ms']),
};
