import type { ChangeListeners } from '../../parts/change-listeners.ts';
import type { InstallationCalls } from '../../store-calls.ts';
import type { OpenFile } from '../open/open-file.ts';
import type { InstallationTables } from '../rows/installation-tables.ts';

/** @param revocations Hears of each key that ends, by its id, and of null where any may have ended. */
export function installationCalls(
  file: OpenFile,
  tables: InstallationTables,
  revocations: ChangeListeners<string | null>,
): InstallationCalls {
  const read = async <Value>(action: () => Value): Promise<Value> => file.attempt(action);
  const commit = <Value>(write: () => Value): Promise<Value> => file.commit(write);
  return {
    putKey: (key) => commit(() => tables.putKey(key)),
    findKeyByHash: (secretHash) => read(() => tables.keyByHash(secretHash)),
    readKey: (keyId) => read(() => tables.key(keyId)),
    listKeys: (page) => read(() => tables.keys(page)),
    listAccountKeys: (owner, page) => read(() => tables.accountKeys(owner, page)),
    async deleteKey(keyId) {
      const isDeleted = await commit(() => tables.deleteKey(keyId));
      if (isDeleted) revocations.tell(keyId);
      return isDeleted;
    },

    putPairing: (pairing) => commit(() => tables.putPairing(pairing)),
    findPairing: (by) => read(() => tables.pairing(by)),
    deletePairing: (pairingId) => commit(() => tables.deletePairing(pairingId)),
    forgetPairingsOf: (owner) => commit(() => tables.forgetPairingsOf(owner)),

    putWebhookEndpoint: (endpoint) => commit(() => tables.putWebhookEndpoint(endpoint)),
    readWebhookEndpoint: (endpointId) => read(() => tables.webhookEndpoint(endpointId)),
    listWebhookEndpoints: (page) => read(() => tables.webhookEndpoints(page)),
    deleteWebhookEndpoint: (endpointId) => commit(() => tables.deleteWebhookEndpoint(endpointId)),

    putCatalog: (config, nowMs) => commit(() => tables.putCatalog(config, nowMs)),
    readCatalog: (version) => read(() => tables.catalog(version)),

    putClock: (clock) => commit(() => tables.putClock(clock)),
    readClock: (clockId) => read(() => tables.clock(clockId)),

    readSecret: (name, create) => commit(() => tables.secret(name, create)),
    async putSecret(name, value) {
      await commit(() => tables.putSecret(name, value));
      revocations.tell(null);
    },

    putAudit: (record) => commit(() => tables.putAudit(record)),
    readAudit: (auditId) => read(() => tables.auditRecord(auditId)),
    listAudit: (page) => read(() => tables.audit(page)),

    putErasure: (record) => commit(() => tables.putErasure(record)),
    readErasure: (erasureId) => read(() => tables.erasure(erasureId)),
    findErasure: (requestHash) => read(() => tables.erasureByRequest(requestHash)),
    listErasures: (filter, page) => read(() => tables.erasures(filter, page)),
    deleteErasure: (erasureId) => commit(() => tables.deleteErasure(erasureId)),
  };
}
