import type { DatabaseSync } from 'node:sqlite';
import type { CatalogConfig } from '../../../contract/catalog/catalog.ts';
import {
  auditCodec,
  catalogCodec,
  erasureCodec,
  keyCodec,
  pairingCodec,
  webhookEndpointCodec,
} from '../../codec/record-codec.ts';
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
import { isDecidedBy } from '../../parts/is-decided-by.ts';
import { nextCatalog } from '../../parts/next-catalog.ts';
import { textColumn } from '../../sql/columns.ts';
import { forgetStatement, olderStatement } from '../../sql/forgetting.ts';
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
  pairingLookUp,
  webhookEndpointLookUp,
} from '../../sql/look-ups.ts';
import type { ForgottenNoun, PageRequest, StorePage } from '../../store.ts';
import { Statements } from './statements.ts';

const probeId = '~probe';

/**
 * Tables that belong to no account: keys, pairings, webhook endpoints, catalogs, clocks and secrets. They are written seldom, and
 * without the journal.
 */
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
    const sql =
      'REPLACE INTO keys (id, secret_hash, account_id, member_id, expires_at_ms, body) VALUES (?, ?, ?, ?, ?, ?)';
    const { id, secretHash, accountId, memberId, expiresAtMs } = key;
    this.#sql.run(sql, id, secretHash, accountId, memberId, expiresAtMs, keyCodec.encode(key));
  }

  key(keyId: string): KeyRecord | undefined {
    return this.#one(keyLookUp(keyId));
  }

  keyByHash(secretHash: string): KeyRecord | undefined {
    return this.#one(keyByHashLookUp(secretHash));
  }

  keys(page: PageRequest): StorePage<KeyRecord> {
    return this.#page(keyList(page));
  }

  accountKeys(owner: KeyOwner, page: PageRequest): StorePage<KeyRecord> {
    return this.#page(accountKeyList(owner, page));
  }

  putPairing(pairing: PairingRecord): boolean {
    const { id, deviceCodeHash, userCode, expiresAtMs, revision } = pairing;
    const body = pairingCodec.encode(pairing);
    if (revision === 1)
      return (
        this.#sql.run(
          'INSERT OR IGNORE INTO pairings (id, device_code_hash, user_code, expires_at_ms, revision, body) VALUES (?, ?, ?, ?, ?, ?)',
          id,
          deviceCodeHash,
          userCode,
          expiresAtMs,
          revision,
          body,
        ) > 0
      );
    const sql = 'UPDATE pairings SET revision = ?, body = ? WHERE id = ? AND revision = ?';
    return this.#sql.run(sql, revision, body, id, revision - 1) > 0;
  }

  pairing(by: PairingCode): PairingRecord | undefined {
    return this.#one(pairingLookUp(by));
  }

  deletePairing(pairingId: string): boolean {
    return this.#sql.run('DELETE FROM pairings WHERE id = ?', pairingId) > 0;
  }

  /** The journal may still hold a notice that was changed a moment ago: it is folded into its place again, and forgotten later. */
  forgetOld(noun: ForgottenNoun, beforeMs: number, limit: number): number {
    const { sql, values } = forgetStatement(noun, beforeMs, limit);
    return this.#sql.run(sql, ...values);
  }

  hasOlder(noun: ForgottenNoun, beforeMs: number): boolean {
    const { sql, values } = olderStatement(noun, beforeMs);
    return this.#sql.get(sql, ...values) !== undefined;
  }

  deleteKey(keyId: string): boolean {
    return this.#sql.run('DELETE FROM keys WHERE id = ?', keyId) > 0;
  }

  putWebhookEndpoint(endpoint: WebhookEndpointRecord): void {
    const sql = 'REPLACE INTO webhook_endpoints (id, body) VALUES (?, ?)';
    this.#sql.run(sql, endpoint.id, webhookEndpointCodec.encode(endpoint));
  }

  webhookEndpoint(endpointId: string): WebhookEndpointRecord | undefined {
    return this.#one(webhookEndpointLookUp(endpointId));
  }

  webhookEndpoints(page: PageRequest): StorePage<WebhookEndpointRecord> {
    return this.#page(webhookEndpointList(page));
  }

  deleteWebhookEndpoint(endpointId: string): boolean {
    return this.#sql.run('DELETE FROM webhook_endpoints WHERE id = ?', endpointId) > 0;
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
    return this.#one(catalogLookUp(version));
  }

  /** No clock that a host makes has such an id. */
  probe(): void {
    this.#sql.run('REPLACE INTO clocks (id, now_ms) VALUES (?, 0)', probeId);
  }

  putClock(clock: ClockRecord): void {
    this.#sql.run('REPLACE INTO clocks (id, now_ms) VALUES (?, ?)', clock.id, clock.nowMs);
  }

  clock(clockId: string): ClockRecord | undefined {
    return this.#one(clockLookUp(clockId));
  }

  putSecret(name: string, value: string): void {
    this.#sql.run('REPLACE INTO secrets (name, value) VALUES (?, ?)', name, value);
  }

  putAudit(record: AuditRecord): void {
    this.#sql.run('REPLACE INTO audit (id, body) VALUES (?, ?)', record.id, auditCodec.encode(record));
  }

  auditRecord(auditId: string): AuditRecord | undefined {
    return this.#one(auditLookUp(auditId));
  }

  audit(page: PageRequest): StorePage<AuditRecord> {
    return this.#page(auditList(page));
  }

  putErasure(record: ErasureRecord): void {
    const sql = 'REPLACE INTO erasures (id, request_hash, is_done, body) VALUES (?, ?, ?, ?)';
    const isDone = record.traces === null ? 0 : 1;
    this.#sql.run(sql, record.id, record.requestHash, isDone, erasureCodec.encode(record));
  }

  erasure(erasureId: string): ErasureRecord | undefined {
    return this.#one(erasureLookUp(erasureId));
  }

  erasureByRequest(requestHash: string): ErasureRecord | undefined {
    return this.#one(erasureByRequestLookUp(requestHash));
  }

  erasures(filter: { readonly isUnderWay?: true }, page: PageRequest): StorePage<ErasureRecord> {
    return this.#page(erasureList(filter, page));
  }

  deleteErasure(erasureId: string): void {
    this.#sql.run('DELETE FROM erasures WHERE id = ?', erasureId);
  }

  /** There are as many as browsers that are being connected. */
  forgetPairingsOf(owner: KeyOwner): number {
    let forgotten = 0;
    for (const row of this.#sql.all('SELECT body FROM pairings'))
      if (isDecidedBy(pairingCodec.decode(textColumn(row, 'body')), owner))
        forgotten += this.#sql.run(
          'DELETE FROM pairings WHERE id = ?',
          pairingCodec.decode(textColumn(row, 'body')).id,
        );
    return forgotten;
  }

  #one<Item>({ sql, values, itemOf }: LookUp<Item>): Item | undefined {
    const row = this.#sql.get(sql, ...values);
    return row === undefined ? undefined : itemOf(row);
  }

  #page<Item>({ sql, values, pageOf }: ListQuery<Item>): StorePage<Item> {
    return pageOf(this.#sql.all(sql, ...values));
  }

  secret(name: string, create: () => string): string {
    const row = this.#sql.get('SELECT value FROM secrets WHERE name = ?', name);
    if (row !== undefined) return textColumn(row, 'value');
    const value = create();
    this.#sql.run('INSERT INTO secrets (name, value) VALUES (?, ?)', name, value);
    return value;
  }
}
