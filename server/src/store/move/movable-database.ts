import type { MovedRow, MovedTable } from './moved-tables.ts';

/** Where in a table one goes on; of the database's own making. */
export type MoveKey = readonly (string | number)[];

export interface MovedBatch {
  readonly rows: readonly MovedRow[];
  /** Where reading goes on after these rows. */
  readonly key: MoveKey;
}

/** How far a move into a database is. */
export interface MoveProgress {
  /** Names the database that is moved, by what it holds. */
  readonly source: string;
  readonly table: MovedTable;
  /** Null before the first rows of the table. */
  readonly after: MoveKey | null;
}

/**
 * A database that can be read whole, as of one moment, and written whole, table by table. Nobody else uses it during the move.
 */
export interface MovableDatabase {
  /** For people. */
  readonly label: string;
  /** The rows of a table in the order of a key, after it. Read again they come in the same order. */
  read(table: MovedTable, after: MoveKey | null): AsyncIterable<MovedBatch>;
  /** Writes rows, replacing rows with the same key, and records how far the move is; both or neither. */
  write(table: MovedTable, rows: readonly MovedRow[], progress: MoveProgress): Promise<void>;
  /** Null where no move into it is under way. */
  readProgress(): Promise<MoveProgress | null>;
  /** The move is over. */
  forgetProgress(): Promise<void>;
  close(): Promise<void>;
}
