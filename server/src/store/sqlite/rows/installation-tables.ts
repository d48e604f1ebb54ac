import type { DatabaseSync } from 'node:sqlite';
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
import { textColumn } from '../../sql/columns.ts';
import { decidedPairings } from '../../sql/decided-pairings.ts';
import { forgetStatement, olderStatement } from '../../sql/forgetting.ts';
import {
  deleteById,
  type InstallationWrite,
  insertCatalog,
  insertSecret,
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
import { Statements } from './statements.ts';

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
    this.#run(putKey(key));
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
    return this.#run(putPairing(pairing)) > 0;
  }

  pairing(by: PairingCode): PairingRecord | undefined {
    return this.#one(pairingLookUp(by));
  }

  deletePairing(pairingId: string): boolean {
    return this.#run(deleteById('pairings', pairingId)) > 0;
  }

  /** The journal may still hold a notice that was changed a moment ago: it is folded into its place again, and forgotten later. */
  forgetOld(noun: ForgottenNoun, beforeMs: number, limit: number): number {
    return this.#run(forgetStatement(noun, beforeMs, limit));
  }

  hasOlder(noun: ForgottenNoun, beforeMs: number): boolean {
    const { sql, values } = olderStatement(noun, beforeMs);
    return this.#sql.get(sql, ...values) !== undefined;
  }

  deleteKey(keyId: string): boolean {
    return this.#run(deleteById('keys', keyId)) > 0;
  }

  putWebhookEndpoint(endpoint: WebhookEndpointRecord): void {
    this.#run(putWebhookEndpoint(endpoint));
  }

  webhookEndpoint(endpointId: string): WebhookEndpointRecord | undefined {
    return this.#one(webhookEndpointLookUp(endpointId));
  }

  webhookEndpoints(page: PageRequest): StorePage<WebhookEndpointRecord> {
    return this.#page(webhookEndpointList(page));
  }

  deleteWebhookEndpoint(endpointId: string): boolean {
    return this.#run(deleteById('webhook_endpoints', endpointId)) > 0;
  }

  putCatalog(config: CatalogConfig, nowMs: number): CatalogRecord {
    const last = this.catalog(undefined);
    const record = nextCatalog(last, config, nowMs);
    if (record === last) return record;
    this.#run(insertCatalog(record, config, nowMs));
    this.#catalogVersion = record.version;
    return record;
  }

  catalog(version: number | undefined): CatalogRecord | undefined {
    if (version !== undefined) return this.#one(catalogLookUp(version));
    const newest = (count: number) => newestReadable(this.#sql.all(newestCatalogsSql, count));
    const found = readable(() => newest(1));
    return found instanceof Unreadable ? newest(newestCatalogsMax) : found;
  }

  probe(): void {
    this.#run(putProbe(0));
  }

  putClock(clock: ClockRecord): void {
    this.#run(putClock(clock));
  }

  clock(clockId: string): ClockRecord | undefined {
    return this.#one(clockLookUp(clockId));
  }

  putSecret(name: string, value: string): void {
    this.#run(putSecret(name, value));
  }

  putAudit(record: AuditRecord): void {
    this.#run(putAudit(record));
  }

  auditRecord(auditId: string): AuditRecord | undefined {
    return this.#one(auditLookUp(auditId));
  }

  audit(page: PageRequest): StorePage<AuditRecord> {
    return this.#page(auditList(page));
  }

  putErasure(record: ErasureRecord): void {
    this.#run(putErasure(record));
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
    this.#run(deleteById('erasures', erasureId));
  }

  /** There are as many as browsers that are being connected. */
  forgetPairingsOf(owner: KeyOwner): number {
    let forgotten = 0;
    for (const { id } of decidedPairings(this.#sql.all('SELECT body FROM pairings'), owner))
      forgotten += this.#run(deleteById('pairings', id));
    return forgotten;
  }

  /** @returns how many rows it changed */
  #run({ sql, values }: InstallationWrite): number {
    return this.#sql.run(sql, ...values);
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
    this.#run(insertSecret(name, value));
    return value;
  }
}
