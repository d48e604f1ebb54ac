import { apiBounds } from '../../contract/api-bounds.ts';
import type { UsageEvent } from '../../contract/events/events.ts';
import type { UseRequest } from '../../contract/gate/gate.ts';
import { msPerDay } from '../../contract/values/durations.ts';
import type { UsageKitClient } from '../create-usagekit-client.ts';
import { UsageKitApiError } from '../usagekit-api-error.ts';
import type { SpoolEntry } from './spool.ts';

/** `taken`: the server has it now. Otherwise it will never take it, and says why. */
export type Replayed = 'taken' | { readonly rejected: string };

/**
 * Sends a kept call under its first key. It throws where the server cannot be reached, and may be called again then: whatever
 * the server did before, it does not do twice.
 */
export async function replay(client: UsageKitClient, entry: SpoolEntry, now: Date): Promise<Replayed> {
  try {
    return await send(client, entry, now);
  } catch (error) {
    const isFinal = error instanceof UsageKitApiError && error.status !== null && error.status < 500;
    // Too many requests, or the same key under way: later it is another answer.
    if (!isFinal || error.status === 429 || error.status === 409) throw asUnreachable(error);
    return { rejected: `${error.code}: ${error.message}` };
  }
}

async function send(client: UsageKitClient, entry: SpoolEntry, now: Date): Promise<Replayed> {
  const { key, sent, idempotencyKey } = entry;
  switch (key) {
    case 'POST /v1/consume': {
      const use = sent.body as UseRequest;
      const answer = await client.consume(use, { idempotencyKey });
      if (answer.allowed) return 'taken';
      // Refused now, and it happened: a fact, which no limit refuses.
      return report(client, [await asEvent(use, entry, now)], idempotencyKey);
    }
    case 'POST /v1/events':
      return report(client, (sent.body as { events: UsageEvent[] }).events, idempotencyKey);
    case 'POST /v1/holds/:holdId/settle':
    case 'POST /v1/holds/:holdId/release': {
      const params = { holdId: sent.params?.holdId ?? '' };
      await client.request(key, { params, body: sent.body as never, idempotencyKey });
      return 'taken';
    }
  }
}

async function report(
  client: UsageKitClient,
  events: UsageEvent[],
  idempotencyKey: string,
): Promise<Replayed> {
  const { rejected } = await client.reportEvents(events, { idempotencyKey });
  if (rejected.length === 0) return 'taken';
  return {
    rejected: rejected.map(({ index, code, detail }) => `event ${index}, ${code}: ${detail}`).join('; '),
  };
}

async function asEvent(use: UseRequest, { at, idempotencyKey }: SpoolEntry, now: Date): Promise<UsageEvent> {
  const isOld = now.getTime() - Date.parse(at) >= apiBounds.eventAgeDaysMax * msPerDay;
  return { ...use, id: await eventIdOf(idempotencyKey), at, ...(isOld ? { backfill: true } : {}) };
}

/** The same id each time, whatever a host's key is made of. */
async function eventIdOf(idempotencyKey: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(idempotencyKey));
  const hex = Array.from(new Uint8Array(digest).slice(0, 16), (byte) => byte.toString(16).padStart(2, '0'));
  return `offline-${hex.join('')}`;
}

function asUnreachable(error: unknown): unknown {
  if (!(error instanceof UsageKitApiError) || error.status === null || error.status >= 500) return error;
  return new UsageKitApiError('network_error', `The server is not ready: ${error.message}`, { cause: error });
}
