import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { auditIdPrefix } from '../../domain/ids/audit-id.ts';
import type {
  AuditRecord,
  CatalogRecord,
  ClockRecord,
  ErasureRecord,
  KeyOwner,
  KeyRecord,
  PairingRecord,
  WebhookEndpointRecord,
} from '../installation-records.ts';
import { isDecidedBy } from '../parts/is-decided-by.ts';
import { nextCatalog } from '../parts/next-catalog.ts';
import { deepFreeze } from './deep-freeze.ts';

/** The records as plain data. */
export interface InstallationImage {
  readonly keys: readonly KeyRecord[];
  readonly pairings: readonly PairingRecord[];
  readonly endpoints: readonly WebhookEndpointRecord[];
  readonly catalogs: readonly CatalogRecord[];
  readonly clocks: readonly ClockRecord[];
  readonly secrets: readonly (readonly [name: string, value: string])[];
  readonly audit: readonly AuditRecord[];
  readonly erasures: readonly ErasureRecord[];
}

/** The memory store's records that belong to no account: keys, pairings, webhook endpoints, catalogs, clocks and secrets. */
export class InstallationRecords {
  #keys = new Map<string, KeyRecord>();
  #keyIdsByHash = new Map<string, string>();
  #pairings = new Map<string, PairingRecord>();
  #endpoints = new Map<string, WebhookEndpointRecord>();
  #catalogs: CatalogRecord[] = [];
  #clocks = new Map<string, ClockRecord>();
  #secrets = new Map<string, string>();
  #audit = new Map<string, AuditRecord>();
  #erasures = new Map<string, ErasureRecord>();

  constructor(image?: InstallationImage) {
    if (image === undefined) return;
    for (const key of image.keys) this.putKey(key);
    for (const pairing of image.pairings) this.#pairings.set(pairing.id, deepFreeze(pairing));
    for (const endpoint of image.endpoints) this.putWebhookEndpoint(endpoint);
    this.#catalogs = image.catalogs.map(deepFreeze);
    for (const clock of image.clocks) this.putClock(clock);
    this.#secrets = new Map(image.secrets);
    for (const record of image.audit) this.putAudit(record);
    for (const record of image.erasures) this.putErasure(record);
  }

  image(): InstallationImage {
    return {
      keys: [...this.#keys.values()],
      pairings: [...this.#pairings.values()],
      endpoints: [...this.#endpoints.values()],
      catalogs: [...this.#catalogs],
      clocks: [...this.#clocks.values()],
      secrets: [...this.#secrets],
      audit: [...this.#audit.values()],
      erasures: [...this.#erasures.values()],
    };
  }

  copy(): InstallationRecords {
    const copy = new InstallationRecords();
    copy.#keys = new Map(this.#keys);
    copy.#keyIdsByHash = new Map(this.#keyIdsByHash);
    copy.#pairings = new Map(this.#pairings);
    copy.#endpoints = new Map(this.#endpoints);
    copy.#catalogs = [...this.#catalogs];
    copy.#clocks = new Map(this.#clocks);
    copy.#secrets = new Map(this.#secrets);
    copy.#audit = new Map(this.#audit);
    copy.#erasures = new Map(this.#erasures);
    return copy;
  }

  putKey(key: KeyRecord): void {
    this.deleteKey(key.id);
    this.#keys.set(key.id, deepFreeze(key));
    this.#keyIdsByHash.set(key.secretHash, key.id);
  }

  key(keyId: string): KeyRecord | undefined {
    return this.#keys.get(keyId);
  }

  keyByHash(secretHash: string): KeyRecord | undefined {
    return this.#keys.get(this.#keyIdsByHash.get(secretHash) ?? '');
  }

  /** By id, ascending. */
  keysAfter(keyId: string): KeyRecord[] {
    return [...this.#keys.values()].filter((key) => key.id > keyId).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  deleteKey(keyId: string): boolean {
    const key = this.#keys.get(keyId);
    if (key === undefined) return false;
    this.#keyIdsByHash.delete(key.secretHash);
    return this.#keys.delete(keyId);
  }

  putPairing(pairing: PairingRecord): boolean {
    const known = this.#pairings.get(pairing.id);
    if ((known?.revision ?? 0) !== pairing.revision - 1) return false;
    const isTaken = [...this.#pairings.values()].some(
      ({ id, userCode, deviceCodeHash }) =>
        id !== pairing.id && (userCode === pairing.userCode || deviceCodeHash === pairing.deviceCodeHash),
    );
    if (isTaken) return false;
    this.#pairings.set(pairing.id, deepFreeze(pairing));
    return true;
  }

  findPairing(picks: (pairing: PairingRecord) => boolean): PairingRecord | undefined {
    return [...this.#pairings.values()].find(picks);
  }

  deletePairing(pairingId: string): boolean {
    return this.#pairings.delete(pairingId);
  }

  /** How each thing from before the instant is forgotten, oldest first. */
  older(noun: 'audit' | 'keys' | 'pairings', beforeMs: number): (() => void)[] {
    switch (noun) {
      case 'audit':
        return this.auditBefore(auditIdPrefix(beforeMs))
          .reverse()
          .map(
            ({ id }) =>
              () =>
                this.#audit.delete(id),
          );
      case 'keys':
        return endedBefore(this.#keys.values(), beforeMs).map(
          ({ id }) =>
            () =>
              this.deleteKey(id),
        );
      case 'pairings':
        return endedBefore(this.#pairings.values(), beforeMs).map(
          ({ id }) =>
            () =>
              this.#pairings.delete(id),
        );
    }
  }

  forgetPairingsOf(owner: KeyOwner): number {
    const own = [...this.#pairings.values()].filter((pairing) => isDecidedBy(pairing, owner));
    for (const { id } of own) this.#pairings.delete(id);
    return own.length;
  }

  putErasure(record: ErasureRecord): void {
    this.#erasures.set(record.id, deepFreeze(record));
  }

  erasure(erasureId: string): ErasureRecord | undefined {
    return this.#erasures.get(erasureId);
  }

  /** By id, ascending. */
  erasuresAfter(erasureId: string): ErasureRecord[] {
    return [...this.#erasures.values()]
      .filter(({ id }) => id > erasureId)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  deleteErasure(erasureId: string): void {
    this.#erasures.delete(erasureId);
  }

  putWebhookEndpoint(endpoint: WebhookEndpointRecord): void {
    this.#endpoints.set(endpoint.id, deepFreeze(endpoint));
  }

  webhookEndpoint(endpointId: string): WebhookEndpointRecord | undefined {
    return this.#endpoints.get(endpointId);
  }

  /** By id, ascending. */
  webhookEndpointsAfter(endpointId: string): WebhookEndpointRecord[] {
    return [...this.#endpoints.values()]
      .filter((endpoint) => endpoint.id > endpointId)
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  deleteWebhookEndpoint(endpointId: string): boolean {
    return this.#endpoints.delete(endpointId);
  }

  putCatalog(config: CatalogConfig, nowMs: number): CatalogRecord {
    const last = this.#catalogs.at(-1);
    const record = deepFreeze(nextCatalog(last, structuredClone(config), nowMs));
    if (record === last) return record;
    this.#catalogs.push(record);
    return record;
  }

  catalog(version: number | undefined): CatalogRecord | undefined {
    return version === undefined ? this.#catalogs.at(-1) : this.#catalogs[version - 1];
  }

  putClock(clock: ClockRecord): void {
    this.#clocks.set(clock.id, deepFreeze(clock));
  }

  clock(clockId: string): ClockRecord | undefined {
    return this.#clocks.get(clockId);
  }

  putSecret(name: string, value: string): void {
    this.#secrets.set(name, value);
  }

  putAudit(record: AuditRecord): void {
    this.#audit.set(record.id, deepFreeze(record));
  }

  audit(auditId: string): AuditRecord | undefined {
    return this.#audit.get(auditId);
  }

  /** Newest first, from before the id; from the newest where it is null. */
  auditBefore(id: string | null): AuditRecord[] {
    return [...this.#audit.values()]
      .filter((record) => id === null || record.id < id)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  secret(name: string, create: () => string): string {
    const found = this.#secrets.get(name) ?? create();
    this.#secrets.set(name, found);
    return found;
  }
}

/** The first that ended comes first; what has no end never ends. */
function endedBefore<Item extends { readonly id: string; readonly expiresAtMs: number | null }>(
  items: Iterable<Item>,
  beforeMs: number,
): Item[] {
  const endOf = ({ expiresAtMs }: Item) => expiresAtMs ?? Number.POSITIVE_INFINITY;
  return [...items].filter((item) => endOf(item) < beforeMs).sort((a, b) => endOf(a) - endOf(b));
}
