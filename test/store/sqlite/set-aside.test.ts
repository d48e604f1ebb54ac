import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import { creditsOf, putAccount, sampleAccount, sampleCell } from '../account-samples.ts';
import { pagesOf } from '../suite/harness.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-aside-'));
  file = join(folder, 'usage.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Changes journal rows as nothing of ours would. */
function damageJournal(change: (body: string) => string): void {
  const database = new DatabaseSync(file);
  for (const { id, body } of database.prepare('SELECT id, body FROM journal').all())
    database.prepare('UPDATE journal SET body = ? WHERE id = ?').run(change(String(body)), Number(id));
  database.close();
}

/** Two accounts whose changes are in the journal and, as after a kill, in no table. */
async function leaveInJournal(): Promise<void> {
  const store = createSqliteStore({ file, foldIdleMs: 1_000_000 });
  await store.write({ accountIds: ['a', 'b'] }, () => ({
    writes: {
      accounts: [sampleAccount('a'), sampleAccount('b')],
      cells: [sampleCell('a', { quantity: 1n }), sampleCell('b', { quantity: 1n })],
    },
    result: undefined,
  }));
  await store.close();
  const database = new DatabaseSync(file);
  database.exec('DELETE FROM accounts; DELETE FROM account_folds; DELETE FROM cells');
  database.close();
}

it.each([
  ['is no JSON', () => 'This is a letter.', null, []],
  ['is JSON of another form', () => '[1,{"a":1}]', null, []],
  ['holds an account that cannot be read', (body: string) => body.replace('"a"', '7'), null, ['b']],
  ['holds what the tables cannot take', (body: string) => body.replace('["a",1,', '["a",null,'), 'a', ['b']],
])(
  'F21: a journal row that %s stops no start and no other account, and is kept',
  async (_what, change, accountId, readable) => {
    await leaveInJournal();
    damageJournal(change);
    const store = createSqliteStore({ file });
    const found = (await pagesOf((page) => store.listAccounts(page), 10)).flat();
    expect(found.map(({ profile }) => profile.id)).toEqual(readable);
    const { items } = await store.listSetAside({ limit: 10 });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      accountId,
      reason: expect.any(String),
      body: expect.stringMatching(/./),
    });
    await putAccount(store, sampleAccount('new'));
    expect(creditsOf(await store.readAccount('new'))).toBeDefined();
    await store.close();
    // It is set aside once.
    const again = createSqliteStore({ file });
    expect((await again.listSetAside({ limit: 10 })).items).toHaveLength(1);
    await again.close();
  },
);
