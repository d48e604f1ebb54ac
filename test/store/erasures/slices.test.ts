import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { createEraser } from '../../../server/src/domain/erasures/eraser.ts';
import { encodeUsage } from '../../../server/src/store/codec/usage-codec.ts';
import { sliceMs } from '../../../server/src/store/parts/slice-budget.ts';
import { Journal } from '../../../server/src/store/sqlite/journal/journal.ts';
import { migrations } from '../../../server/src/store/sqlite/migrations.ts';
import { SqliteErasure } from '../../../server/src/store/sqlite/upkeep/sqlite-erasure.ts';
import fc from '../../support/fast-check.ts';
import { sampleUsage } from '../account-samples.ts';

const eraser = createEraser(
  'acme',
  {
    erasureId: 'e',
    subject: 'member',
    id: 'ann',
    pseudonym: 'erased-1',
    texts: [],
    seed: 's',
    withInvoices: false,
  },
  (_seed, id) => id,
);

/** Erases the uses of an account; each change of the database takes so long. */
function erase(uses: number, msPerRow: number) {
  const database = new DatabaseSync(':memory:');
  for (const migration of migrations) database.exec(migration);
  const put = database.prepare('INSERT INTO usage (account_id, at_ms, id, body) VALUES (?, ?, ?, ?)');
  for (let index = 0; index < uses; index++) {
    const usage = sampleUsage('acme', `u-${index}`, { atMs: index });
    put.run('acme', usage.atMs, usage.id, encodeUsage(usage));
  }
  const changes = database.prepare('SELECT total_changes() AS count');
  const written = () => Number(changes.get()?.count);
  const erasure = new SqliteErasure(database, new Journal(database), () => written() * msPerRow);
  const slices: number[] = [];
  let replaced = 0;
  for (let after: string | null = null, isOver = false; !isOver; ) {
    const before = written();
    const { rows, next } = erasure.slice('acme', eraser, after);
    for (const row of rows) if (row.noun === 'usage') replaced += row.replaced;
    slices.push(written() - before);
    after = next;
    isOver = next === null;
  }
  const bodies = database.prepare('SELECT id, body FROM usage ORDER BY at_ms').all();
  database.close();
  return { slices, replaced, bodies };
}

it('F21, I17: replaces each row of an erased member once, in slices as large as there was time for', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 450 }), fc.constantFrom(0, 0.1, 1), (uses, msPerRow) => {
      const { slices, replaced, bodies } = erase(uses, msPerRow);
      expect(replaced).toBe(uses);
      expect(bodies).toHaveLength(uses);
      for (const { body } of bodies) expect(String(body)).not.toContain('"ann"');
      // The first slice that has rows tells what a row takes.
      const later = slices.filter((rows) => rows > 0).slice(1);
      if (msPerRow === 1) for (const rows of later) expect(rows).toBeLessThanOrEqual(sliceMs);
    }),
    { numRuns: 20 },
  );
});
