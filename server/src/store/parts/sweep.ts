import { accountParts, newestParts, type SweptTable, sweptTables } from '../codec/swept-tables.ts';
import { dayPartSweep } from './day-part-sweep.ts';

/** The key of a row, by which the next slice goes on. */
export type SweptKey = readonly (string | number)[];

/** The part of the sweep that depends on the dialect. */
export interface SweepPort {
  readProgress(table: string): SweepProgress | undefined | Promise<SweepProgress | undefined>;
  putProgress(table: string, progress: SweepProgress): void | Promise<void>;
  /**
   * Rewrites the old bodies among the rows after the key, unless somebody changed them in the meantime. A row that cannot be read
   * stays as it is. Returns the key of the slice's last row, or null at the end of the table.
   */
  sweepRows(table: SweptTable, after: SweptKey | null): SweptKey | null | Promise<SweptKey | null>;
  /** Adds uses of earlier versions to the parts of their days; see `day-part-sweep`. */
  sweepDayParts(after: SweptKey | null): SweptKey | null | Promise<SweptKey | null>;
  /** The same of accounts. */
  sweepAccounts(after: SweptKey | null): SweptKey | null | Promise<SweptKey | null>;
}

/** How far a table was swept to the versions that `formats` names. */
export interface SweepProgress {
  readonly formats: string;
  /** The key of the last row, as JSON; null where all rows are done. */
  readonly after: string | null;
}

interface Part {
  readonly name: string;
  readonly formats: string;
  sweep(after: SweptKey | null): SweptKey | null | Promise<SweptKey | null>;
}

/**
 * Brings what older versions wrote to the newest format, a slice at a time, and remembers in the database how far it is. Every
 * table is read once for each version that its bodies get after the first.
 */
export class Sweep {
  readonly #port: SweepPort;
  readonly #parts: readonly Part[];
  #isDone = false;

  constructor(port: SweepPort) {
    this.#port = port;
    this.#parts = [
      // Before the uses get the newest version by themselves.
      { ...dayPartSweep, sweep: (after: SweptKey | null) => port.sweepDayParts(after) },
      ...sweptTables
        .filter(({ hasEarlier }) => hasEarlier)
        .map((table) => ({
          name: table.sweep,
          formats: table.newest,
          sweep: (after: SweptKey | null) => port.sweepRows(table, after),
        })),
      {
        name: 'accounts',
        formats: newestParts.join(' '),
        sweep: (after: SweptKey | null) => port.sweepAccounts(after),
      },
    ];
  }

  /** Sweeps one slice; false where nothing is left. */
  async slice(): Promise<boolean> {
    if (this.#isDone) return false;
    for (const { name, formats, sweep } of this.#parts) {
      const progress = await this.#port.readProgress(name);
      const isBegun = progress?.formats === formats;
      if (isBegun && progress.after === null) continue;
      const after = isBegun && progress.after !== null ? (JSON.parse(progress.after) as SweptKey) : null;
      const last = await sweep(after);
      await this.#port.putProgress(name, { formats, after: last === null ? null : JSON.stringify(last) });
      return true;
    }
    this.#isDone = true;
    return false;
  }
}

/** Rows that are read in one slice at most; it ends with fewer where its time is over. */
export const sweptRowsMax = 200;
/** Accounts are larger. */
export const sweptAccountsMax = 50;
/** Uses of a slice that are brought into the parts of their days together, before the time is looked at again. */
export const broughtAtOnce = 10;

/** Where the rows after the key begin: SQL with the dialect's placeholders, for a table in the order of its key. */
export function afterSql(
  key: readonly string[],
  after: SweptKey | null,
  place: (index: number) => string,
): string {
  if (after === null) return '';
  return `WHERE (${key.join(', ')}) > (${key.map((_, index) => place(index)).join(', ')})`;
}

/** SQL that is true where a part of an account is of an older version. */
export const oldAccountSql: string = accountParts
  .map((part, index) => {
    const newest = newestParts[index] ?? '';
    return `substr(${part}, 1, ${newest.length}) <> '${newest}'`;
  })
  .join(' OR ');

/** SQL for the body where it is of an older version, and for null where it is not. */
export function oldBodySql({ column, newest }: SweptTable): string {
  return `CASE WHEN substr(${column}, 1, ${newest.length}) <> '${newest}' THEN ${column} END AS old`;
}
