import { auditIdPrefix } from '../../domain/ids/audit-id.ts';
import type { AuditRecord } from '../../store/installation-records.ts';
import type { Store } from '../../store/store.ts';
import type { Clock, Log } from '../app-options.ts';
import type { Caller } from '../callers/caller.ts';
import { toHex } from '../callers/hex.ts';
import { toAppError } from '../http/reply/problem.ts';
import type { Reply } from '../http/reply/reply.ts';
import type { RawCall } from '../http/request/raw-call.ts';

export type AuditDetails = Readonly<Record<string, string>>;

/** Who acts where no request does: what the server was started with, or a command on the database. */
export type Actor = AuditRecord['actor'];

/**
 * Keeps who changed keys, catalog and money by hand. What is about to be done is written before it is done, and how it ended
 * afterwards: nothing of it happens without a record, and one that has no end was cut off.
 */
export class AuditTrail {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;
  #count = 0;

  constructor(store: Store, clock: Clock, log: Log) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  /** Does what a request asks for, with a record of it. @throws what `act` throws; StoreUnavailableError: then nothing was done. */
  async around(
    call: RawCall & { readonly caller: Caller | null },
    action: string,
    details: AuditDetails,
    act: () => Reply | Promise<Reply>,
  ): Promise<Reply> {
    const { trail, caller, params } = call;
    const accountId = params.accountId ?? trail.accountId;
    const begun: AuditRecord = {
      ...this.#newRecord(action, actorOf(caller)),
      accountId,
      details: { ...params, ...details },
      requestId: trail.requestId,
      address: call.address,
    };
    await this.#store.putAudit(begun);
    try {
      const reply = await act();
      const outcome = reply.status < 400 ? 'done' : 'refused';
      await this.#end({ ...begun, outcome, details: { ...begun.details, ...trail.noted } });
      return reply;
    } catch (error) {
      const why = toAppError(error)?.code ?? 'internal';
      await this.#end({ ...begun, outcome: 'refused', details: { ...begun.details, why } });
      throw error;
    }
  }

  /** Records something that was done without a call of the API, and gives the record's id. */
  async note(
    action: string,
    actor: Actor,
    details: AuditDetails,
    { address = null, accountId = null }: { address?: string | null; accountId?: string | null } = {},
  ): Promise<string> {
    const record = this.#newRecord(action, actor);
    await this.#store.putAudit({ ...record, outcome: 'done', details, address, accountId });
    return record.id;
  }

  find(auditId: string): Promise<AuditRecord | undefined> {
    return this.#store.readAudit(auditId);
  }

  /** Adds to what a record says. */
  async addTo(record: AuditRecord, details: AuditDetails): Promise<void> {
    await this.#store.putAudit({ ...record, details: { ...record.details, ...details } });
  }

  #newRecord(action: string, actor: Actor): AuditRecord {
    const atMs = this.#clock.nowMs();
    this.#count = (this.#count + 1) % 1_000_000;
    return {
      // Sorts by time, and within a moment by order; no request may choose it.
      id: `${auditIdPrefix(atMs)}-${String(this.#count).padStart(6, '0')}-${randomDigits()}`,
      atMs,
      actor,
      action,
      accountId: null,
      details: {},
      requestId: null,
      address: null,
      outcome: 'begun',
    };
  }

  /** It is done: that the store fails now changes nothing about it, and the record stays without an end. */
  async #end(record: AuditRecord): Promise<void> {
    try {
      await this.#store.putAudit(record);
    } catch (error) {
      this.#log.error(
        { err: error, auditId: record.id, action: record.action },
        'An audit record could not be ended',
      );
    }
  }
}

export function actorOf(caller: Caller | null): Actor {
  if (caller === null) return { kind: 'configuration', keyId: null, name: 'server' };
  if (caller.kind === 'secret_key') return caller.actor;
  if (caller.kind === 'extension') return { kind: 'extension', keyId: caller.keyId, name: caller.memberId };
  return { kind: 'member', keyId: null, name: caller.kind === 'member' ? caller.memberId : 'visitor' };
}

/** 128 random bits in hex. A page over plain HTTP, where a mock may run, has no `randomUUID`. */
function randomDigits(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(16)));
}
