import type { ChangeListeners } from '../../parts/change-listeners.ts';
import type { InstallationCalls } from '../../store-calls.ts';
import { everyKey } from '../changes/change-channel.ts';
import type { OpenConnections } from '../open/open-connections.ts';
import type { InstallationTables } from '../rows/installation-tables.ts';

/** @param revocations Hears of each key that ends, by its id, and of null where any may have ended. */
export function installationCalls(
  { read, channel }: OpenConnections,
  tables: InstallationTables,
  revocations: ChangeListeners<string | null>,
): InstallationCalls {
  return {
    putKey: (key) => read(() => tables.putKey(key)),
    findKeyByHash: (secretHash) => read(() => tables.keyByHash(secretHash)),
    readKey: (keyId) => read(() => tables.key(keyId)),
    listKeys: (page) => read(() => tables.keys(page)),
    listAccountKeys: (owner, page) => read(() => tables.accountKeys(owner, page)),
    putPairing: (pairing) => read(() => tables.putPairing(pairing)),
    findPairing: (by) => read(() => tables.pairing(by)),
    deletePairing: (pairingId) => read(() => tables.deletePairing(pairingId)),
    deleteKey(keyId) {
      return read(async () => {
        const isDeleted = await tables.deleteKey(keyId);
        if (isDeleted) {
          revocations.tell(keyId);
          channel.tellRevoked(keyId);
        }
        return isDeleted;
      });
    },
    putWebhookEndpoint: (endpoint) => read(() => tables.putWebhookEndpoint(endpoint)),
    readWebhookEndpoint: (endpointId) => read(() => tables.webhookEndpoint(endpointId)),
    listWebhookEndpoints: (page) => read(() => tables.webhookEndpoints(page)),
    deleteWebhookEndpoint: (endpointId) => read(() => tables.deleteWebhookEndpoint(endpointId)),
    putCatalog(config, nowMs) {
      return read(async () => {
        const record = await tables.putCatalog(config, nowMs);
        channel.tellAll();
        return record;
      });
    },
    readCatalog: (version) => read(() => tables.catalog(version)),
    putClock: (clock) => read(() => tables.putClock(clock)),
    readClock: (clockId) => read(() => tables.clock(clockId)),
    readSecret: (name, create) => read(() => tables.secret(name, create)),
    putSecret(name, value) {
      return read(async () => {
        await tables.putSecret(name, value);
        revocations.tell(null);
        channel.tellRevoked(everyKey);
      });
    },
    putAudit: (record) => read(() => tables.putAudit(record)),
    readAudit: (auditId) => read(() => tables.auditRecord(auditId)),
    listAudit: (page) => read(() => tables.audit(page)),
    putErasure: (record) => read(() => tables.putErasure(record)),
    readErasure: (erasureId) => read(() => tables.erasure(erasureId)),
    findErasure: (requestHash) => read(() => tables.erasureByRequest(requestHash)),
    listErasures: (filter, page) => read(() => tables.erasures(filter, page)),
    deleteErasure: (erasureId) => read(() => tables.deleteErasure(erasureId)),
    forgetPairingsOf: (owner) => read(() => tables.forgetPairingsOf(owner)),
  };
}
