import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { createSqliteStore } from '../../../server/src/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/src/store/store.ts';
import { storeSuite } from '../suite.ts';

const folder = mkdtempSync(join(tmpdir(), 'usagekit-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = new Map<Store, string>();

function open(file: string): Store {
  const store = createSqliteStore({ file });
  files.set(store, file);
  return store;
}

storeSuite('SQLite', {
  create: async () => open(join(folder, `${files.size}.db`)),
  reopen: async (closed) => open(files.get(closed) ?? ''),
});
