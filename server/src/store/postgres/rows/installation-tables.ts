import type { Pool } from 'pg';
import type { CatalogConfig } from '../../../contract/catalog/catalog.ts';
import type {
  AuditRecord,
  CatalogRecord,
  ClockRecord,
  ErasureRecord,
  KeyOwner,
  KeyRecord,
  PairingCode,
  PairingRecord,
  WebhookEndpointRecord,
} from '../../installation-records.ts';
import { readable, Unreadable } from '../../parts/loaded-rows.ts';
import { nextCatalog } from '../../parts/next-catalog.ts';
import { numberColumn, type Row, textColumn } from '../../sql/columns.ts';
import { decidedPairings } from '../../sql/decided-pairings.ts';
import { forgetStatement, olderStatement } from '../../sql/forgetting.ts';
import {
  deleteById,
  type InstallationWrite,
  insertCatalog,
  insertSecret,
  probeRows,
  putAudit,
  putClock,
  putErasure,
  putKey,
  putPairing,
  putProbe,
  putSecret,
  putWebhookEndpoint,
} from '../../sql/installation-writes.ts';
import type { ListQuery } from '../../sql/list-query.ts';
import { accountKeyList, auditList, erasureList, keyList, webhookEndpointList } from '../../sql/lists.ts';
import {
  auditLookUp,
  catalogLookUp,
  clockLookUp,
  erasureByRequestLookUp,
  erasureLookUp,
  keyByHashLookUp,
  keyLookUp,
  type LookUp,
  newestCatalogsMax,
  newestCatalogsSql,
  newestReadable,
  pairingLookUp,
  webhookEndpointLookUp,
} from '../../sql/look-ups.ts';
import type { ForgottenNoun, PageRequest, StorePage } from '../../store.ts';
import { isLocked } from '../open/postgres-error.ts';
import { numbered } from '../postgres-dialect.ts';

/** Tables that belong to no account: keys, pairings, webhook endpoints, catalogs, clocks and secrets. */
export class InstallationTables {
  readonly #pool: Pool;
  readonly #probeRow = Math.floor(Math.random() * probeRows);

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async putKey(key: KeyRecord): Promise<void> {
    await this.#run(putKey(key));
  }

  key(keyId: string): Promise<KeyRecord | undefined> {
    return this.#one(keyLookUp(keyId));
  }

  keyByHash(secretHash: string): Promise<KeyRecord | undefined> {
    return this.#one(keyByHashLookUp(secretHash));
  }

  keys(page: PageRequest): Promise<StorePage<KeyRecord>> {
    return this.#page(keyList(page));
  }

  accountKeys(owner: KeyOwner, page: PageRequest): Promise<StorePage<KeyRecord>> {
    return this.#page(accountKeyList(owner, page));
  }

  async putPairing(pairing: PairingRecord): Promise<boolean> {
    return (await this.#run(putPairing(pairing))) === 1;
  }

  pairing(by: PairingCode): Promise<PairingRecord | undefined> {
    return this.#one(pairingLookUp(by));
  }

  async deletePairing(pairingId: string): Promise<boolean> {
    return (await this.#run(deleteById('pairings', pairingId))) === 1;
  }

  forgetOld(noun: ForgottenNoun, beforeMs: number, limit: number): Promise<number> {
    return this.#run(forgetStatement(noun, beforeMs, limit));
  }

  async hasOlder(noun: ForgottenNoun, beforeMs: number): Promise<boolean> {
    const { sql, values } = olderStatement(noun, beforeMs);
    return (await this.#row(numbered(sql), [...values])) !== undefined;
  }

  async deleteKey(keyId: string): Promise<boolean> {
    return (await this.#run(deleteById('keys', keyId))) === 1;
  }

  async putWebhookEndpoint(endpoint: WebhookEndpointRecord): Promise<void> {
    await this.#run(putWebhookEndpoint(endpoint));
  }

  webhookEndpoint(endpointId: string): Promise<WebhookEndpointRecord | undefined> {
    return this.#one(webhookEndpointLookUp(endpointId));
  }

  webhookEndpoints(page: PageRequest): Promise<StorePage<WebhookEndpointRecord>> {
    return this.#page(webhookEndpointList(page));
  }

  async deleteWebhookEndpoint(endpointId: string): Promise<boolean> {
    return (await this.#run(deleteById('webhook_endpoints', endpointId))) === 1;
  }

  async putCatalog(config: CatalogConfig, nowMs: number): Promise<CatalogRecord> {
    for (;;) {
      const last = await this.catalog(undefined);
      const record = nextCatalog(last, config, nowMs);
      if (record === last) return record;
      const inserted = await this.#run(insertCatalog(record, config, nowMs));
      // If another process took this version number first, its catalog is now the latest.
      if (inserted === 1) return record;
    }
  }

  async catalog(version: number | undefined): Promise<CatalogRecord | undefined> {
    if (version !== undefined) return this.#one(catalogLookUp(version));
    const rowsOf = async (count: number) =>
      (await this.#pool.query<Row>(numbered(newestCatalogsSql), [count])).rows;
    const rows = await rowsOf(1);
    const found = readable(() => newestReadable(rows));
    return found instanceof Unreadable ? newestReadable(await rowsOf(newestCatalogsMax)) : found;
  }

  async readClockMs(): Promise<number> {
    const row = await this.#row(
      'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now_ms',
      [],
    );
    return numberColumn(row ?? {}, 'now_ms');
  }

  async probe(): Promise<void> {
    await this.#run(putProbe(this.#probeRow));
  }

  async putClock(clock: ClockRecord): Promise<void> {
    await this.#run(putClock(clock));
  }

  clock(clockId: string): Promise<ClockRecord | undefined> {
    return this.#one(clockLookUp(clockId));
  }

  /** By the database's clock, on which all processes agree. Where its row is locked, another process is just taking it. */
  async takeLease(name: string, holder: string, forMs: number): Promise<boolean> {
    try {
      const { rowCount } = await this.#pool.query(
        `INSERT INTO leases (name, holder, until) VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
           WHERE leases.holder = excluded.holder OR leases.until < clock_timestamp()`,
        [name, holder, forMs],
      );
      return rowCount === 1;
    } catch (error) {
      if (isLocked(error)) return false;
      throw error;
    }
  }

  async putSecret(name: string, value: string): Promise<void> {
    await this.#run(putSecret(name, value));
  }

  async putAudit(record: AuditRecord): Promise<void> {
    await this.#run(putAudit(record));
  }

  async putErasure(record: ErasureRecord): Promise<void> {
    await this.#run(putErasure(record));
  }

  erasure(erasureId: string): Promise<ErasureRecord | undefined> {
    return this.#one(erasureLookUp(erasureId));
  }

  erasureByRequest(requestHash: string): Promise<ErasureRecord | undefined> {
    return this.#one(erasureByRequestLookUp(requestHash));
  }

  erasures(filter: { readonly isUnderWay?: true }, page: PageRequest): Promise<StorePage<ErasureRecord>> {
    return this.#page(erasureList(filter, page));
  }

  async deleteErasure(erasureId: string): Promise<void> {
    await this.#run(deleteById('erasures', erasureId));
  }

  /** There are as many as browsers that are being connected. */
  async forgetPairingsOf(owner: KeyOwner): Promise<number> {
    const { rows } = await this.#pool.query<Row>('SELECT body FROM pairings');
    const ids = decidedPairings(rows, owner).map(({ id }) => id);
    if (ids.length === 0) return 0;
    const { rowCount } = await this.#pool.query('DELETE FROM pairings WHERE id = ANY ($1)', [ids]);
    return rowCount ?? 0;
  }

  auditRecord(auditId: string): Promise<AuditRecord | undefined> {
    return this.#one(auditLookUp(auditId));
  }

  audit(page: PageRequest): Promise<StorePage<AuditRecord>> {
    return this.#page(auditList(page));
  }

  async #page<Item>({ sql, values, pageOf }: ListQuery<Item>): Promise<StorePage<Item>> {
    const { rows } = await this.#pool.query<Row>(numbered(sql), [...values]);
    return pageOf(rows);
  }

  async secret(name: string, create: () => string): Promise<string> {
    const find = 'SELECT value FROM secrets WHERE name = $1';
    const found = await this.#row(find, [name]);
    if (found !== undefined) return textColumn(found, 'value');
    await this.#run(insertSecret(name, create()));
    // The first one to insert has made it, whichever process that was.
    const row = await this.#row(find, [name]);
    return row === undefined ? this.secret(name, create) : textColumn(row, 'value');
  }

  /** @returns how many rows it changed */
  async #run({ sql, values }: InstallationWrite): Promise<number> {
    const { rowCount } = await this.#pool.query(numbered(sql), [...values]);
    return rowCount ?? 0;
  }

  async #one<Item>({ sql, values, itemOf }: LookUp<Item>): Promise<Item | undefined> {
    const row = await this.#row(numbered(sql), [...values]);
    return row === undefined ? undefined : itemOf(row);
  }

  async #row(text: string, values: unknown[]): Promise<Row | undefined> {
    const { rows } = await this.#pool.query<Row>(text, values);
    return rows[0];
  }
}
