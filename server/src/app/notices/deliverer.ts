import {
  type AttemptOutcome,
  dueDeliveries,
  withAttempt,
  withDeliveries,
} from '../../domain/notices/deliveries.ts';
import { type Delivery, endpointOf, type NoticeRecord } from '../../domain/notices/state.ts';
import type { WebhookEndpointRecord } from '../../store/installation-records.ts';
import { LaterTries } from '../retry/later-tries.ts';
import type { Services } from '../services.ts';
import { mailWordsOf } from './mail-words.ts';
import type { NoticeTransport } from './notice-transport.ts';
import { noticeBodyView, webhookIdOf } from './notice-view.ts';

/** Notices that are looked at together. */
const sliceSize = 200;
/** Attempts to one recipient at the same time: one that hangs takes no more of them, and nothing from the others. */
const attemptsAtOnceMax = 8;
/** The process that delivers keeps doing so for this long after its last run. */
const leaseMs = 10_000;
/** A notice that could not be looked at or recorded is tried again after this time. */
const retryMs = 5 * 60_000;

/**
 * Sends notices to where they are to go, one process of those on the database at a time. An attempt is recorded after it was
 * made, so a process that is killed in between makes it once more: at least once, under the same id.
 */
export class Deliverer {
  readonly #services: () => Services;
  readonly #holder: string;
  readonly #transport: NoticeTransport | null;
  /** Attempts under way, by notice and recipient. */
  readonly #underWay = new Map<string, Promise<void>>();
  /** How many of them there are by recipient that has any. */
  readonly #atOnce = new Map<string, number>();
  /** Notices that could not be looked at or recorded. */
  readonly #later = new LaterTries({ delayMs: retryMs });
  readonly #stopping = new AbortController();
  #looking: Promise<void> | undefined;

  /** @param holder Names this process among those on the database. */
  constructor(services: () => Services, holder: string, transport: NoticeTransport | null) {
    this.#services = services;
    this.#holder = holder;
    this.#transport = transport;
  }

  get transport(): NoticeTransport | null {
    return this.#transport;
  }

  /** Begins the attempts that are due; they go on after it. Without a transport nothing is sent, and all of it waits. */
  run(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    if (this.#transport === null || this.#stopping.signal.aborted) return;
    const { store, clock } = this.#services();
    if (!(await store.takeLease('notices', this.#holder, leaseMs))) return;
    let endpoints: Map<string, WebhookEndpointRecord> | undefined;
    let cursor: string | undefined;
    do {
      // A delivery that is under way now may be recorded before the list comes. The list then still calls it due.
      const underWay = new Set(this.#underWay.keys());
      const page = await store.listDueNotices(clock.systemMs, {
        limit: sliceSize,
        ...(cursor === undefined ? {} : { cursor }),
      });
      if (page.items.length === 0) return;
      endpoints ??= await this.#endpoints();
      for (const notice of page.items) await this.#look(notice, { endpoints, underWay });
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined && !this.#stopping.signal.aborted);
  }

  /** Resolves when no attempt is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  /** Aborts running deliveries; the next process tries them again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.idle();
  }

  async #endpoints(): Promise<Map<string, WebhookEndpointRecord>> {
    const { store } = this.#services();
    const endpoints = new Map<string, WebhookEndpointRecord>();
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof store.listWebhookEndpoints>> = await store.listWebhookEndpoints({
        limit: sliceSize,
        ...(cursor === null ? {} : { cursor }),
      });
      for (const endpoint of page.items) endpoints.set(endpoint.id, endpoint);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return endpoints;
  }

  async #look(
    found: NoticeRecord,
    {
      endpoints,
      underWay,
    }: { endpoints: ReadonlyMap<string, WebhookEndpointRecord>; underWay: ReadonlySet<string> },
  ): Promise<void> {
    const { clock, log } = this.#services();
    const key = keyOf(found);
    if (this.#later.isWaiting(key, clock.systemMs)) return;
    try {
      const notice =
        found.deliveries === null
          ? await this.#change(found, (present) =>
              withDeliveries(present, [...endpoints.values()], clock.systemMs),
            )
          : found;
      for (const delivery of dueDeliveries(notice, clock.systemMs))
        if (!underWay.has(attemptKeyOf(notice, delivery.to))) this.#begin(notice, delivery, endpoints);
      this.#later.succeeded(key);
    } catch (error) {
      this.#later.failed(key, clock.systemMs);
      log.error({ err: error, accountId: found.accountId, noticeId: found.id }, 'A notice could not be sent');
    }
  }

  #begin(
    notice: NoticeRecord,
    { to }: Delivery,
    endpoints: ReadonlyMap<string, WebhookEndpointRecord>,
  ): void {
    const key = attemptKeyOf(notice, to);
    const atOnce = this.#atOnce.get(to) ?? 0;
    if (this.#underWay.has(key) || atOnce >= attemptsAtOnceMax) return;
    this.#atOnce.set(to, atOnce + 1);
    const attempt = this.#attempt(notice, to, endpoints).finally(() => {
      this.#underWay.delete(key);
      const others = (this.#atOnce.get(to) ?? 1) - 1;
      if (others > 0) this.#atOnce.set(to, others);
      else this.#atOnce.delete(to);
    });
    this.#underWay.set(key, attempt);
  }

  async #attempt(
    notice: NoticeRecord,
    to: string,
    endpoints: ReadonlyMap<string, WebhookEndpointRecord>,
  ): Promise<void> {
    const { log, clock, metrics } = this.#services();
    const { accountId, id: noticeId } = notice;
    try {
      const outcome = await this.#send(notice, to, endpoints);
      if (this.#stopping.signal.aborted) return;
      metrics.notice(outcome.outcome);
      if (outcome.outcome === 'failed')
        log.warn({ accountId, noticeId, to, reason: outcome.why }, 'A notice was not taken');
      await this.#change(notice, (present) => withAttempt(present, to, outcome, clock.systemMs));
    } catch (error) {
      this.#later.failed(keyOf(notice), clock.systemMs);
      log.error({ err: error, accountId, noticeId }, 'What became of a notice could not be recorded');
    }
  }

  async #send(
    notice: NoticeRecord,
    to: string,
    endpoints: ReadonlyMap<string, WebhookEndpointRecord>,
  ): Promise<AttemptOutcome> {
    const transport = this.#transport;
    if (transport === null) return { outcome: 'failed', why: 'This server sends nothing' };
    const { clock } = this.#services();
    const endpointId = endpointOf(to);
    if (endpointId === null) return this.#sendMail(transport, notice);
    const endpoint = endpoints.get(endpointId);
    if (endpoint === undefined) return { outcome: 'dropped', why: 'The endpoint was removed' };
    const nowMs = clock.systemMs;
    const why = await transport.post({
      url: endpoint.url,
      id: webhookIdOf(notice),
      sentAtMs: nowMs,
      payload: JSON.stringify(noticeBodyView(notice)),
      secrets: endpoint.secrets
        .filter(({ endsAtMs }) => endsAtMs === null || endsAtMs > nowMs)
        .map(({ secret }) => secret),
      signal: this.#stopping.signal,
    });
    return why === null ? { outcome: 'delivered' } : { outcome: 'failed', why };
  }

  async #sendMail(transport: NoticeTransport, notice: NoticeRecord): Promise<AttemptOutcome> {
    const { accountId, subject, mailTo } = notice;
    const account = await this.#services().store.readAccount(accountId);
    if (account === undefined || mailTo === null)
      return { outcome: 'dropped', why: 'There is nobody to write to' };
    // No reminder is sent for an invoice that was paid before the mail went out.
    const asks = 'invoiceId' in subject && subject.type !== 'invoice.paid';
    if (asks && !account.billing.unpaid.some(({ id }) => id === subject.invoiceId))
      return { outcome: 'dropped', why: 'The invoice is not owed any more' };
    const words = mailWordsOf(noticeBodyView(notice), account.profile.name);
    const why = await transport.mail({ to: mailTo, id: webhookIdOf(notice), ...words });
    return why === null ? { outcome: 'delivered' } : { outcome: 'failed', why };
  }

  #change(
    { accountId, id }: NoticeRecord,
    change: (present: NoticeRecord) => NoticeRecord,
  ): Promise<NoticeRecord> {
    return changeNotice(this.#services(), { accountId, id }, change);
  }
}

/** Writes a notice as it is after a change, and gives it; as it is where nothing changes. @throws where there is none. */
export function changeNotice(
  { commit }: Pick<Services, 'commit'>,
  item: Pick<NoticeRecord, 'accountId' | 'id'>,
  change: (present: NoticeRecord) => NoticeRecord,
): Promise<NoticeRecord> {
  const { accountId, id } = item;
  return commit.submit({
    needs: { accountIds: [accountId], notices: [{ accountId, id }] },
    priority: 'ingest',
    rows: 1,
    decide(loaded) {
      const present = loaded.notice(accountId, id);
      if (present === undefined) throw new Error(`The notice ${id} of ${accountId} is gone.`);
      const result = change(present);
      return { writes: result === present ? {} : { notices: [result] }, result };
    },
  });
}

function keyOf({ accountId, id }: NoticeRecord): string {
  return `${accountId}\n${id}`;
}

function attemptKeyOf(notice: NoticeRecord, to: string): string {
  return `${keyOf(notice)}\n${to}`;
}
