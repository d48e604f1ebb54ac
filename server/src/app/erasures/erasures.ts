import type { AccountErasureRequest, MemberErasureRequest } from '../../contract/erasures/erasures.ts';
import {
  decideEraseAccount,
  decideEraseMember,
  isMarked,
  withoutMark,
} from '../../domain/erasures/decide-erasure.ts';
import { eraseAccount } from '../../domain/erasures/erase-state.ts';
import { addErased } from '../../domain/erasures/erased-rows.ts';
import { createEraser, type Eraser } from '../../domain/erasures/eraser.ts';
import type { ErasedRows, Erasing } from '../../domain/erasures/state.ts';
import { noFacts } from '../../domain/facts.ts';
import { hash128 } from '../../domain/ids/hash128.ts';
import type { ErasureOrder, ErasureRecord } from '../../store/installation-records.ts';
import type { Actor } from '../audit/audit-trail.ts';
import { accountNotFound, executeNew, withNextVersion } from '../execute.ts';
import { AppError } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';
import { eraseAudit } from './erase-audit.ts';
import { pseudonymOf } from './eraser-of.ts';

/** The process that erases keeps doing so for this long after its last slice. */
const leaseMs = 10_000;
const pageSize = 100;
const erasureFailed = 'An erasure could not be finished; it is tried again';

export interface ErasureRequest {
  readonly accountId: string;
  /** Null for the account as a whole. */
  readonly memberId: string | null;
  readonly input: AccountErasureRequest & MemberErasureRequest;
  readonly idempotency: { readonly key: string; readonly requestHash: string };
  readonly actor: Actor;
}

/**
 * Erases accounts and members, one after another. What is asked for is written before it is begun and every slice is done for
 * good, so that a process that ends in the middle leaves nothing but work for the next one.
 */
export class Erasures {
  readonly #services: () => Services;
  #running: Promise<unknown> = Promise.resolve();
  #isStopped = false;

  constructor(services: () => Services) {
    this.#services = services;
  }

  /**
   * Takes an order, once for one key. The account is marked when it resolves: nothing new names whom it erases.
   * @throws AppError `account_not_found`, DomainError `conflict` while a charge is under way.
   */
  async order({ accountId, memberId, input, idempotency, actor }: ErasureRequest): Promise<ErasureRecord> {
    const { store, clock, newId, audit } = this.#services();
    const requestHash = hash128(`${idempotency.key} ${idempotency.requestHash}`);
    const known = await store.findErasure(requestHash);
    if (known !== undefined) return known;
    const account = await store.readAccount(accountId);
    if (account === undefined) throw accountNotFound(accountId);
    const id = newId();
    const seed = newSeed();
    const pseudonym = pseudonymOf(seed, memberId ?? accountId);
    const name = memberId === null ? undefined : (await store.readMember(accountId, memberId))?.name;
    const erasing: Erasing = {
      erasureId: id,
      subject: memberId === null ? 'account' : 'member',
      id: memberId ?? accountId,
      pseudonym,
      texts:
        memberId === null ? [] : [memberId, ...(name === undefined ? [] : [name]), ...(input.texts ?? [])],
      seed,
      withInvoices: input.invoices === 'erase',
    };
    const record: ErasureRecord = {
      id,
      subject: erasing.subject,
      accountId: memberId === null ? pseudonym : accountId,
      memberId: memberId === null ? null : pseudonym,
      requestHash,
      actor,
      requestedAtMs: clock.systemMs,
      doneAtMs: null,
      rows: [],
      traces: null,
      order: { accountId, erasing, isMarked: false },
    };
    await store.putErasure(record);
    try {
      const marked = await this.#mark(record);
      await audit.note(
        `erase ${record.subject}`,
        actor,
        { erasureId: id, ...(record.memberId && { memberId: record.memberId }) },
        { accountId: record.accountId },
      );
      return marked;
    } catch (error) {
      // An erasure that was not started leaves nothing; if even that fails, the next run starts it.
      await store.deleteErasure(id).catch(() => undefined);
      throw error;
    }
  }

  /** Finishes an order; erasures run one after another. Resolves with the proof. */
  finish(record: ErasureRecord): Promise<ErasureRecord> {
    const finished = this.#running.then(() => this.#finishOwn(record.id));
    this.#running = finished.catch(() => undefined);
    return finished.then((done) => done ?? record);
  }

  /** Takes up what another process, or this one before its end, has left. */
  async resume(): Promise<void> {
    const { store, log } = this.#services();
    try {
      let cursor: string | undefined;
      do {
        const page = await store.listErasures(
          { isUnderWay: true },
          { limit: pageSize, ...(cursor === undefined ? {} : { cursor }) },
        );
        for (const record of page.items)
          await this.finish(record).catch((error: unknown) => this.#failed(error, record));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
    } catch (error) {
      log.error({ err: error }, erasureFailed);
    }
  }

  /** One account that cannot be erased, as one that cannot be read, keeps no other waiting. */
  #failed(error: unknown, { id, accountId }: ErasureRecord): void {
    this.#services().log.error({ err: error, erasureId: id, accountId }, erasureFailed);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#running;
  }

  /** Undefined where another process does it, or this one is to end. */
  async #finishOwn(erasureId: string): Promise<ErasureRecord | undefined> {
    const { store } = this.#services();
    let record = await store.readErasure(erasureId);
    if (record === undefined || record.traces !== null) return record;
    if (!(await this.#keepLease())) {
      this.#resumeLater();
      return undefined;
    }
    if (record.order === null) return this.#overwrite(record);
    if (!record.order.isMarked) {
      const marked = await this.#markOrForget(record);
      if (marked === undefined) return undefined;
      record = marked;
    }
    if (record.order === null) return record;
    return this.#erase(record, record.order);
  }

  /** Whoever has the lease does it, unless that process has ended. */
  #resumeLater(): void {
    if (!this.#isStopped) this.#services().schedule(() => void this.resume(), leaseMs);
  }

  async #keepLease(): Promise<boolean> {
    const { store, processId } = this.#services();
    return !this.#isStopped && (await store.takeLease('erasure', processId, leaseMs));
  }

  /** If two orders name one account, the later one may find nothing to erase. */
  async #markOrForget(record: ErasureRecord): Promise<ErasureRecord | undefined> {
    try {
      return await this.#mark(record);
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'account_not_found')) throw error;
      await this.#services().store.deleteErasure(record.id);
      return undefined;
    }
  }

  async #mark(record: ErasureRecord): Promise<ErasureRecord> {
    const services = this.#services();
    const { order } = record;
    if (order === null) return record;
    const { accountId, erasing } = order;
    const present = await services.store.readAccount(accountId);
    // An account marked before a crash accepts no more commands.
    const isDone = present !== undefined && isMarked(present, erasing);
    if (!isDone)
      await executeNew(services, {
        accountId,
        ...(erasing.subject === 'member' && { needs: { members: [{ accountId, id: erasing.id }] } }),
        decide(context, loaded) {
          if (erasing.subject === 'member')
            return decideEraseMember(context, loaded.member(accountId, erasing.id), erasing);
          return { outcome: null, state: decideEraseAccount(context.state, erasing), facts: noFacts };
        },
        alsoWrite: (removed) => (removed === null ? {} : { members: [removed] }),
      });
    const marked: ErasureRecord = { ...record, order: { ...order, isMarked: true } };
    await services.store.putErasure(marked);
    return marked;
  }

  async #erase(record: ErasureRecord, order: ErasureOrder): Promise<ErasureRecord | undefined> {
    const services = this.#services();
    const { store, refusals } = services;
    const { accountId, erasing } = order;
    const eraser = createEraser(accountId, erasing, pseudonymOf);
    refusals.forget(accountId);
    let rows: readonly ErasedRows[] = record.rows;
    const add = async (added: readonly ErasedRows[]) => {
      const before = rows;
      rows = addErased(rows, added);
      if (rows !== before) await store.putErasure({ ...record, rows });
    };
    await add(await this.#dropCredentials(order));
    let after: string | null = null;
    do {
      if (!(await this.#keepLease())) return undefined;
      const slice = await store.eraseSlice(accountId, eraser, after);
      if (slice.rows.some(({ replaced, removed, kept }) => replaced + removed + kept > 0))
        await add(slice.rows);
      after = slice.next;
      await services.nextTurn();
    } while (after !== null);
    await add([await eraseAudit(services, accountId, eraser, () => this.#keepLease())]);
    await this.#dropMark(accountId, erasing, eraser);
    const forgotten: ErasureRecord = { ...record, rows, order: null };
    await store.putErasure(forgotten);
    return this.#overwrite(forgotten);
  }

  /** Nothing that is kept names anybody any more; what is left are bytes that nobody reads. */
  async #overwrite(record: ErasureRecord): Promise<ErasureRecord> {
    const { store, clock } = this.#services();
    const traces = await store.overwriteErased();
    const proof: ErasureRecord = { ...record, traces, doneAtMs: clock.systemMs };
    await store.putErasure(proof);
    return proof;
  }

  /** Revokes the keys and pairings of the erased account or member. */
  async #dropCredentials({ accountId, erasing }: ErasureOrder): Promise<ErasedRows[]> {
    const { store, keys } = this.#services();
    const owner = { accountId, memberId: erasing.subject === 'member' ? erasing.id : null };
    let removed = 0;
    for (;;) {
      const page = await store.listAccountKeys(owner, { limit: pageSize });
      for (const { id } of page.items) if (await keys.revoke(id)) removed += 1;
      if (page.nextCursor === null) break;
    }
    const pairings = await store.forgetPairingsOf(owner);
    return [
      { noun: 'keys', replaced: 0, removed, kept: 0 },
      { noun: 'pairings', replaced: 0, removed: pairings, kept: 0 },
    ];
  }

  async #dropMark(accountId: string, erasing: Erasing, eraser: Eraser): Promise<void> {
    const { store, commit, clock } = this.#services();
    if (erasing.subject === 'account') {
      const state = await store.readAccount(accountId);
      if (state !== undefined && isMarked(state, erasing))
        await store.moveErasedAccount(
          accountId,
          withNextVersion(state, eraseAccount(eraser, state, clock.systemMs)),
        );
      return;
    }
    await commit.submit({
      needs: { accountIds: [accountId] },
      priority: 'ingest',
      rows: 1,
      decide(loaded) {
        const state = loaded.account(accountId);
        if (state === undefined || !isMarked(state, erasing)) return { writes: {}, result: null };
        return {
          writes: { accounts: [withNextVersion(state, withoutMark(state, erasing.erasureId))] },
          result: null,
        };
      },
    });
  }
}

/** 128 random bits in hex. A page over plain HTTP, where a mock may run, has no `randomUUID`. */
function newSeed(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}
