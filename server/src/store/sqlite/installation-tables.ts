import type { DatabaseSync } from 'node:sqlite';
import type { CatalogConfig } from '../../contract/catalog.ts';
import { catalogCodec, keyCodec } from '../codec/record-codec.ts';
import { decodeCursor, encodeCursor } from '../parts/cursor.ts';
import { nextCatalog } from '../parts/next-catalog.ts';
import { pageLimit, pageOf } from '../parts/page-of.ts';
import type { CatalogRecord, ClockRecord, KeyRecord, PageRequest, StorePage } from '../store.ts';
import { numberColumn, type Row, Statements, textColumn } from './columns.ts';

const probeId = '~probe';

/** What stands beside accounts: keys, catalogs, clocks and secrets. Written seldom, and at once. */
export class InstallationTables {
  readonly #sql: Statements;
  #catalogVersion: number | undefined;

  constructor(database: DatabaseSync) {
    this.#sql = new Statements(database);
  }

  /** The latest version of the catalog, which no other process can change; 0 without one. */
  get catalogVersion(): number {
    this.#catalogVersion ??= this.catalog(undefined)?.version ?? 0;
    return this.#catalogVersion;
  }

  putKey(key: KeyRecord): void {
    const sql = 'REPLACE INTO keys (id, secret_hash, body) VALUES (?, ?, ?)';
    this.#sql.run(sql, key.id, key.secretHash, keyCodec.encode(key));
  }

  key(keyId: string): KeyRecord | undefined {
    return keyOf(this.#sql.get('SELECT body FROM keys WHERE id = ?', keyId));
  }

  keyByHash(secretHash: string): KeyRecord | undefined {
    return keyOf(this.#sql.get('SELECT body FROM keys WHERE secret_hash = ?', secretHash));
  }

  keys(page: PageRequest): StorePage<KeyRecord> {
    const [after] = page.cursor === undefined ? [''] : decodeCursor('keys', ['string'], page.cursor);
    const limit = pageLimit(page);
    const keys = this.#sql
      .all('SELECT body FROM keys WHERE id > ? ORDER BY id LIMIT ?', after, limit + 1)
      .map((row) => keyCodec.decode(textColumn(row, 'body')));
    return pageOf(keys, limit, (key) => encodeCursor('keys', [key.id]));
  }

  deleteKey(keyId: string): boolean {
    return this.#sql.run('DELETE FROM keys WHERE id = ?', keyId) > 0;
  }

  putCatalog(config: CatalogConfig, nowMs: number): CatalogRecord {
    const last = this.catalog(undefined);
    const record = nextCatalog(last, config, nowMs);
    if (record === last) return record;
    const sql = 'INSERT INTO catalogs (version, config, created_at_ms) VALUES (?, ?, ?)';
    this.#sql.run(sql, record.version, catalogCodec.encode({ config, retired: record.retired }), nowMs);
    this.#catalogVersion = record.version;
    return record;
  }

  catalog(version: number | undefined): CatalogRecord | undefined {
    const columns = 'SELECT version, config, created_at_ms FROM catalogs';
    const row =
      version === undefined
        ? this.#sql.get(`${columns} ORDER BY version DESC LIMIT 1`)
        : this.#sql.get(`${columns} WHERE version = ?`, version);
    if (row === undefined) return undefined;
    return {
      version: numberColumn(row, 'version'),
      ...catalogCodec.decode(textColumn(row, 'config')),
      createdAtMs: numberColumn(row, 'created_at_ms'),
    };
  }

  /** No clock that a host makes has such an id. */
  probe(): void {
    this.#sql.run('REPLACE INTO clocks (id, now_ms) VALUES (?, 0)', probeId);
  }

  putClock(clock: ClockRecord): void {
    this.#sql.run('REPLACE INTO clocks (id, now_ms) VALUES (?, ?)', clock.id, clock.nowMs);
  }

  clock(clockId: string): ClockRecord | undefined {
    const row = this.#sql.get('SELECT now_ms FROM clocks WHERE id = ?', clockId);
    return row === undefined ? undefined : { id: clockId, nowMs: numberColumn(row, 'now_ms') };
  }

  secret(name: string, create: () => string): string {
    const row = this.#sql.get('SELECT value FROM secrets WHERE name = ?', name);
    if (row !== undefined) return textColumn(row, 'value');
    const value = create();
    this.#sql.run('INSERT INTO secrets (name, value) VALUES (?, ?)', name, value);
    return value;
  }
}

function keyOf(row: Row | undefined): KeyRecord | undefined {
  return row === undefined ? undefined : keyCodec.decode(textColumn(row, 'body'));
}
