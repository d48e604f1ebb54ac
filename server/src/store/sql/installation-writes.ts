import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import {
  auditCodec,
  catalogCodec,
  erasureCodec,
  keyCodec,
  pairingCodec,
  webhookEndpointCodec,
} from '../codec/record-codec.ts';
import type {
  AuditRecord,
  CatalogRecord,
  ClockRecord,
  ErasureRecord,
  KeyRecord,
  PairingRecord,
  WebhookEndpointRecord,
} from '../installation-records.ts';
import type { SqlValue } from './list-query.ts';

/** A write with `?` for each value, in their order. */
export interface InstallationWrite {
  readonly sql: string;
  readonly values: readonly (SqlValue | null)[];
}

/** Puts a key in, or in the place of the one with its id. */
export function putKey(key: KeyRecord): InstallationWrite {
  const { id, secretHash, accountId, memberId, expiresAtMs } = key;
  return put('keys', 'id', {
    id,
    secret_hash: secretHash,
    account_id: accountId,
    member_id: memberId,
    expires_at_ms: expiresAtMs,
    body: keyCodec.encode(key),
  });
}

/** Puts a new pairing in, or the next revision in the place of the one before. Changes no row where another has come first. */
export function putPairing(pairing: PairingRecord): InstallationWrite {
  const { id, deviceCodeHash, userCode, expiresAtMs, revision } = pairing;
  const body = pairingCodec.encode(pairing);
  if (revision === 1)
    return insert('pairings', {
      id,
      device_code_hash: deviceCodeHash,
      user_code: userCode,
      expires_at_ms: expiresAtMs,
      revision,
      body,
    });
  return {
    sql: 'UPDATE pairings SET revision = ?, body = ? WHERE id = ? AND revision = ?',
    values: [revision, body, id, revision - 1],
  };
}

export function putWebhookEndpoint(endpoint: WebhookEndpointRecord): InstallationWrite {
  return put('webhook_endpoints', 'id', { id: endpoint.id, body: webhookEndpointCodec.encode(endpoint) });
}

/** Changes no row where there is a catalog of this version. */
export function insertCatalog(
  record: CatalogRecord,
  config: CatalogConfig,
  nowMs: number,
): InstallationWrite {
  return insert('catalogs', {
    version: record.version,
    config: catalogCodec.encode({ config, retired: record.retired }),
    created_at_ms: nowMs,
  });
}

export function putClock({ id, nowMs }: ClockRecord): InstallationWrite {
  return put('clocks', 'id', { id, now_ms: nowMs });
}

/**
 * Of no clock that a host makes: its ids have no `~`. Processes that probe at once on one row would wait for each other's commits.
 *
 * @param row One of `probeRows`.
 */
export function putProbe(row: number): InstallationWrite {
  return putClock({ id: `~probe-${row}`, nowMs: 0 });
}

/** So many at most are left behind by all processes that there ever were. */
export const probeRows = 64;

export function putSecret(name: string, value: string): InstallationWrite {
  return put('secrets', 'name', { name, value });
}

/** Changes no row where the secret is there. */
export function insertSecret(name: string, value: string): InstallationWrite {
  return insert('secrets', { name, value });
}

export function putAudit(record: AuditRecord): InstallationWrite {
  return put('audit', 'id', { id: record.id, body: auditCodec.encode(record) });
}

export function putErasure(record: ErasureRecord): InstallationWrite {
  return put('erasures', 'id', {
    id: record.id,
    request_hash: record.requestHash,
    is_done: record.traces === null ? 0 : 1,
    body: erasureCodec.encode(record),
  });
}

/** Takes out one row by its id. */
export function deleteById(
  table: 'erasures' | 'keys' | 'pairings' | 'webhook_endpoints',
  id: string,
): InstallationWrite {
  return { sql: `DELETE FROM ${table} WHERE id = ?`, values: [id] };
}

type Columns = Readonly<Record<string, SqlValue | null>>;

function put(table: string, key: string, columns: Columns): InstallationWrite {
  const others = Object.keys(columns).filter((column) => column !== key);
  const updates = others.map((column) => `${column} = excluded.${column}`).join(', ');
  return insertOr(table, columns, `(${key}) DO UPDATE SET ${updates}`);
}

function insert(table: string, columns: Columns): InstallationWrite {
  return insertOr(table, columns, 'DO NOTHING');
}

function insertOr(table: string, columns: Columns, onConflict: string): InstallationWrite {
  const names = Object.keys(columns);
  return {
    sql: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')}) ON CONFLICT ${onConflict}`,
    values: Object.values(columns),
  };
}
