import type { Pool } from 'pg';
import { type Row, textColumn } from '../../sql/columns.ts';

/** Stamps that one process gives: a million million, which at a thousand a second lasts for 34 years. */
const stampsPerWriter = 1n << 40n;

/**
 * Takes a number of its own for this process, and returns what gives a stamp that was never given before: 64-bit
 * integers, as text.
 */
export async function createStamps(pool: Pool): Promise<() => string> {
  const { rows } = await pool.query<Row>("SELECT nextval('writers') AS writer");
  const [row] = rows;
  if (row === undefined) throw new Error('The sequence of writers gave no number.');
  let stamp = BigInt(textColumn(row, 'writer')) * stampsPerWriter;
  return () => {
    stamp += 1n;
    return stamp.toString();
  };
}
