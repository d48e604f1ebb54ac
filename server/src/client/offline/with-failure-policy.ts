import type { EventsAnswer, UsageEvent } from '../../contract/events/events.ts';
import type { ConsumeAnswer, UseRequest } from '../../contract/gate/gate.ts';
import type { SettleRequest } from '../../contract/holds/holds.ts';
import { newIdempotencyKey } from '../../contract/http/new-idempotency-key.ts';
import { doubled } from '../../contract/values/durations.ts';
import type { ChangeOptions, Gated, UsageKitClient } from '../create-usagekit-client.ts';
import { assertNotEnded } from '../transport.ts';
import { UsageKitApiError } from '../usagekit-api-error.ts';
import { admitsOffline, assertPolicies, type FailurePolicies, unitsOf } from './failure-policy.ts';
import { replay } from './replay.ts';
import { type Spool, type SpoolEntry, SpoolFullError } from './spool.ts';

/** The form of keys that the server accepts; a use with a key that it will refuse must not pass. */
const idempotencyKeyPattern = /^[\x21-\x7e]{1,255}$/;
const probeDelayMs = 1_000;
const probeDelayMsMax = 30_000;

/** What a client does while the server cannot be reached, and where it keeps what is sent later. */
export interface FailurePolicyOptions {
  /** What happens to a use while the server cannot be reached. */
  policies: FailurePolicies;
  /** `await openFileSpool({ directory })` on Node; any that keeps its promises elsewhere. */
  spool: Spool;
  /** The host's time; for tests. */
  now?: () => Date;
  /** How to wait until the server is tried again; for tests. */
  delay?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** A use that its policy let through while the server could not be reached. It is charged when the server is back. */
export interface AdmittedOffline {
  /** The use may go on. */
  readonly allowed: true;
  /** Decided without the server, which charges it later. */
  readonly offline: true;
  /** The key under which it is sent later, once. */
  readonly idempotencyKey: string;
}

/** The server could not be reached; the call is kept and will be sent. */
export interface Spooled {
  /** Kept to be sent later. */
  readonly offline: true;
  /** The key under which it is sent later, once. */
  readonly idempotencyKey: string;
}

/** Figures of the failure policy since the client was made. */
export interface OfflineFigures {
  /** Whether the server answered the last time that it was asked. */
  reachable: boolean;
  /** Calls that wait for the server. */
  pending: number;
  /** Bytes of the entries that wait. */
  pendingBytes: number;
  /** When the oldest of them happened; null where none waits. */
  oldestAt: string | null;
  /** Uses that were let through without the server. */
  admitted: number;
  /** Uses that a policy did not let through. */
  denied: number;
  /** Calls that waited and that the server has now. */
  replayed: number;
  /** Calls that the server will never take; they stand in the spool's own file for such. */
  rejected: number;
}

/**
 * A client that goes on while the server cannot be reached. A use is then decided by the policy of what it uses, and kept;
 * facts (events, and the ends of holds) are kept always. When the server is back everything is sent in its order, under the key
 * of the first try, so that a call whose answer alone was lost is not charged twice. A use that the gate would refuse by
 * then has happened all the same: it is reported as an event, under an id that derives from its key.
 *
 * Holds and tasks need the server, and fail without it as they do without a policy.
 *
 * @example
 * const usage = withFailurePolicy(createUsageKitClient({ url, key }), {
 *   policies: { default: 'closed', of: { emails: 'open', ai_tokens: { graceUnits: 50_000 } } },
 *   spool: await openFileSpool({ directory: '/var/lib/my-product/usage' }),
 * });
 * const run = await usage.consume({ accountId: 'acme', items: [{ metric: 'emails', quantity: '1' }] });
 * if (run.allowed) send();
 */
export function withFailurePolicy(client: UsageKitClient, options: FailurePolicyOptions) {
  const { policies, spool, now = () => new Date(), delay = wait } = options;
  assertPolicies(policies);
  const waiting = new WaitingUnits(spool.pending());
  const counts = { admitted: 0, denied: 0, replayed: 0, rejected: 0 };
  const closing = new AbortController();
  let reachable = true;
  let returning: Promise<void> | undefined;

  /** Asks the server, and learns from it whether it can be reached. */
  async function tried<Answer>(
    call: () => Promise<Answer>,
  ): Promise<{ answer: Answer } | { error: unknown }> {
    try {
      const answer = await call();
      reachable = true;
      return { answer };
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      reachable = false;
      return { error };
    }
  }

  async function keep(entry: Omit<SpoolEntry, 'number' | 'at'>): Promise<Spooled> {
    // Counted before the disk is waited for, so that uses that come together cannot pass a grace together.
    waiting.add(entry, 1n);
    try {
      await spool.append({ ...entry, at: now().toISOString() });
    } catch (error) {
      waiting.add(entry, -1n);
      throw error;
    }
    returning ??= comeBack().finally(() => {
      returning = undefined;
    });
    return { offline: true, idempotencyKey: entry.idempotencyKey };
  }

  /** Tries the server again and again, and sends what waits once it answers. */
  async function comeBack(): Promise<void> {
    for (let tries = 0; spool.pendingCount > 0 && !closing.signal.aborted; tries += 1) {
      if (await sendWaiting()) tries = -1;
      else await delay(doubled(probeDelayMs, tries, probeDelayMsMax), closing.signal);
    }
  }

  /** Whether everything was sent that waited. */
  async function sendWaiting(): Promise<boolean> {
    for (const entry of [...spool.pending()]) {
      if (closing.signal.aborted) return false;
      const sent = await tried(() => replay(client, entry, now()));
      if ('error' in sent) return false;
      if (sent.answer === 'taken') {
        await spool.remove(entry);
        counts.replayed += 1;
      } else {
        await spool.reject(entry, sent.answer.rejected);
        counts.rejected += 1;
      }
      waiting.add(entry, -1n);
    }
    return true;
  }

  async function consume(
    use: UseRequest,
    { idempotencyKey = newIdempotencyKey(), signal }: ChangeOptions = {},
  ): Promise<Gated<ConsumeAnswer> | AdmittedOffline> {
    assertKey(idempotencyKey);
    assertNotEnded(signal);
    const units = unitsOf(use.items);
    const admits = () => admitsOffline(policies, units, (name) => waiting.of(use.accountId, name));
    let failure: unknown;
    // While the server is away a use that may pass does not wait for a time-out of its own.
    if (reachable || !admits()) {
      const asked = await tried(() => client.consume(use, { idempotencyKey, signal }));
      if ('answer' in asked) return asked.answer;
      failure = asked.error;
    }
    if (!admits()) {
      counts.denied += 1;
      throw failure;
    }
    try {
      const kept = await keep({ key: 'POST /v1/consume', sent: { body: use }, idempotencyKey });
      counts.admitted += 1;
      return { allowed: true, ...kept };
    } catch (error) {
      if (!(error instanceof SpoolFullError)) throw error;
      counts.denied += 1;
      throw new UsageKitApiError('network_error', error.message, { cause: failure ?? error });
    }
  }

  /** A fact is sent, or kept; behind others of its kind that wait, so that their order stays. */
  async function fact<Answer>(
    entry: Omit<SpoolEntry, 'number' | 'at'>,
    call: () => Promise<Answer>,
  ): Promise<Answer | Spooled> {
    if (!reachable) return keep(entry);
    const asked = await tried(call);
    return 'answer' in asked ? asked.answer : keep(entry);
  }

  function keyOf({ idempotencyKey = newIdempotencyKey() }: ChangeOptions = {}): string {
    assertKey(idempotencyKey);
    return idempotencyKey;
  }

  if (spool.pendingCount > 0) {
    returning = comeBack().finally(() => {
      returning = undefined;
    });
  }

  return {
    ...client,
    consume,
    reportEvents(events: UsageEvent[], given?: ChangeOptions): Promise<EventsAnswer | Spooled> {
      const idempotencyKey = keyOf(given);
      // The use is sent later, but it happened now.
      const dated = events.map((event) => ({ at: now().toISOString(), ...event }));
      return fact({ key: 'POST /v1/events', sent: { body: { events: dated } }, idempotencyKey }, () =>
        client.reportEvents(dated, { ...given, idempotencyKey }),
      );
    },
    settleHold(holdId: string, settle: SettleRequest, given?: ChangeOptions) {
      const idempotencyKey = keyOf(given);
      return fact(
        { key: 'POST /v1/holds/:holdId/settle', sent: { params: { holdId }, body: settle }, idempotencyKey },
        () => client.settleHold(holdId, settle, { ...given, idempotencyKey }),
      );
    },
    releaseHold(holdId: string, accountId: string, given?: ChangeOptions) {
      const idempotencyKey = keyOf(given);
      return fact(
        {
          key: 'POST /v1/holds/:holdId/release',
          sent: { params: { holdId }, body: { accountId } },
          idempotencyKey,
        },
        () => client.releaseHold(holdId, accountId, { ...given, idempotencyKey }),
      );
    },
    /** How the policy has worked; for your metrics. */
    offlineFigures(): OfflineFigures {
      const [oldest] = spool.pending();
      const { pendingCount: pending, pendingBytes } = spool;
      return { reachable, pending, pendingBytes, oldestAt: oldest?.at ?? null, ...counts };
    },
    /** Sends what waits, now; whether nothing is left. */
    async flush(): Promise<boolean> {
      return sendWaiting();
    },
    /** Stops trying; what waits stays on the disk for the next start. */
    async close(): Promise<void> {
      closing.abort();
      await returning;
      await spool.close();
    },
  };
}

/** A client whose uses go on while the server cannot be reached. */
export type OfflineClient = ReturnType<typeof withFailurePolicy>;

/** The amounts that passed and wait, by account and name; a grace is measured by them. With a spool they survive a restart. */
class WaitingUnits {
  readonly #micros = new Map<string, bigint>();

  constructor(entries: Iterable<SpoolEntry>) {
    for (const entry of entries) this.add(entry, 1n);
  }

  of(accountId: string, name: string): bigint {
    return this.#micros.get(`${accountId}\n${name}`) ?? 0n;
  }

  add({ key, sent }: Pick<SpoolEntry, 'key' | 'sent'>, sign: 1n | -1n): void {
    if (key !== 'POST /v1/consume') return;
    const { accountId, items } = sent.body as UseRequest;
    for (const { name, micros } of unitsOf(items)) {
      const place = `${accountId}\n${name}`;
      this.#micros.set(place, (this.#micros.get(place) ?? 0n) + sign * micros);
    }
  }
}

/** @throws RangeError */
function assertKey(key: string): void {
  if (idempotencyKeyPattern.test(key)) return;
  throw new RangeError(
    `The idempotency key '${key}' is none; accepted are 1 to 255 visible ASCII characters.`,
  );
}

/** No answer, or one that says nothing of the call. */
function isUnreachable(error: unknown): boolean {
  if (!(error instanceof UsageKitApiError)) return false;
  return error.status === null || error.status >= 500;
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end);
  });
}
