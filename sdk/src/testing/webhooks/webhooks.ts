import type { NoticeTransport, WebhookMessage } from '@usagekit/server/app';
import {
  type CreatedWebhookEndpoint,
  type NoticeBody,
  type NoticeType,
  paths,
} from '@usagekit/server/contract';
import type { Engine } from '../engine/engine.ts';
import { nextTask } from '../platform/real-timers.ts';

/** The handler of a host's backend, as it stands behind an address. */
export type WebhookReceiver = (request: Request) => Response | Promise<Response>;

/** A notice as the host gets it, signed. */
export interface WebhookDelivery {
  /** The `webhook-id`, the same at every attempt. */
  id: string;
  /** What was told. */
  body: NoticeBody;
  /** The receiver's answer; a webhook that was not answered with 2xx comes again when the clock has advanced. */
  status: number;
}

/** The notices that the mock sends to the host. */
export interface MockWebhooks {
  /** The endpoint's secret, which verifies the signatures. */
  readonly secret: string;
  /** Sends what is due, and settles when each was answered. Rejects with what the receiver throws. */
  deliver(): Promise<WebhookDelivery[]>;
}

/** The receivers of one mock: its webhooks go to functions in the place of addresses. */
export interface WebhookReceivers {
  readonly transport: NoticeTransport;
  /** Makes an endpoint on the server. Earlier notices are not sent to it. */
  add(
    server: Engine,
    receive: WebhookReceiver,
    types?: readonly NoticeType[],
  ): Promise<CreatedWebhookEndpoint>;
  /** Sends what is due on the server. */
  deliver(server: Engine): Promise<WebhookDelivery[]>;
}

/** Rounds in which a server sends what it did not at once; it sends a few to one receiver at a time. */
const roundsMax = 500;

export function createWebhookReceivers(): WebhookReceivers {
  const receivers = new Map<string, WebhookReceiver>();
  let attempts: Promise<WebhookDelivery>[] = [];

  async function deliver({ app }: Engine): Promise<WebhookDelivery[]> {
    const delivered: WebhookDelivery[] = [];
    for (let round = 0; round < roundsMax; round += 1) {
      await app.deliver();
      if (attempts.length === 0) return delivered;
      const begun = attempts;
      attempts = [];
      delivered.push(...(await Promise.all(begun)));
      // The server records the outcome after it has the answer.
      await nextTask();
    }
    throw new Error(`After ${delivered.length} webhooks there are still more to send.`);
  }

  return {
    transport: {
      refuses: () => null,
      async post(message) {
        const receive = receivers.get(message.url);
        if (receive === undefined) return 'The mock has no receiver at this address.';
        const attempt = send(message, receive);
        attempts.push(attempt);
        const { status } = await attempt.catch(() => ({ status: 500 }));
        return status >= 200 && status < 300 ? null : `The receiver answered ${status}.`;
      },
      mail: async () => null,
    },
    async add(server, receive, types) {
      await deliver(server);
      const id = `mock-${receivers.size + 1}`;
      const url = `https://webhooks.test/${id}`;
      const body = { url, ...(types && { types }) };
      const endpoint = await server.backend.send<CreatedWebhookEndpoint>(
        'PUT',
        paths.webhookEndpoint(id),
        body,
      );
      receivers.set(url, receive);
      return endpoint;
    },
    deliver,
  };
}

async function send(
  { url, id, payload, secrets }: WebhookMessage,
  receive: WebhookReceiver,
): Promise<WebhookDelivery> {
  // Receivers refuse a time that is long past by their own clock, and theirs is the test's.
  const sentAt = String(Math.floor(Date.now() / 1_000));
  const signed = await Promise.all(
    secrets.map((secret) => signatureOf(secret, `${id}.${sentAt}.${payload}`)),
  );
  const response = await receive(
    new Request(url, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': sentAt,
        'webhook-signature': signed.join(' '),
      },
      body: payload,
    }),
  );
  return { id, body: JSON.parse(payload) as NoticeBody, status: response.status };
}

/** As Standard Webhooks has it: HMAC with SHA-256 in base64, of version 1. */
async function signatureOf(secret: string, text: string): Promise<string> {
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error(
      'Webhooks are signed with crypto.subtle, which this environment hides; accepted is a test in Node, or a page over https.',
    );
  }
  const bytes = Uint8Array.from(atob(secret.replace('whsec_', '')), (character) => character.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(text));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
}
