import type {
  AccountInput,
  CatalogConfig,
  Invoice,
  Item,
  MemberInput,
  Page,
  Problem,
  Subscription,
  SubscriptionChangeAnswer,
  Usage,
} from '@usagekit/server/contract';
import { createSandboxProvider, type SandboxCard } from '@usagekit/server/payments';
import { expect } from 'vitest';
import { printInvoice } from '../../../server/src/node/invoice-pdf/print-invoice.ts';
import { createTestServer, type TestServer } from '../support/test-server.ts';

const clockId = 'clock-1';

/** One account of a product, on a test clock, as its host's backend and its members see it. */
export interface Product {
  readonly server: TestServer;
  /** Moves the account's clock to an instant, in steps of a month at most. */
  moveTo(iso: string): Promise<void>;
  /** Makes a member and gives a token for it. */
  member(id: string, input?: MemberInput): Promise<string>;
  /** Asks the gate: `allowed`, or why not. */
  gate(items: Item[], more?: object): Promise<string>;
  /** The refusal of a use, with its status. */
  refusal(items: Item[], more?: object): Promise<{ status: number } & Problem>;
  subscription(token?: string): Promise<Subscription>;
  usage(token?: string): Promise<Usage>;
  /** What the account's route answers, such as `invoices`. */
  read<Body>(path: string, token?: string): Promise<Body>;
  /** Carries out a command on the subscription, and expects it to be done. */
  change(method: string, path: string, body?: object, token?: string): Promise<SubscriptionChangeAnswer>;
  /** The status of a command that may be refused. */
  tried(method: string, path: string, body?: object, token?: string): Promise<number>;
  /** Enters a card of the sandbox's for the account. */
  enterCard(card: SandboxCard, token: string): Promise<void>;
}

export async function productOf(
  catalog: CatalogConfig,
  { startsAt, ...account }: AccountInput & { readonly startsAt: string },
): Promise<Product> {
  const server = createTestServer({
    catalog,
    renderInvoice: printInvoice,
    payments: createSandboxProvider({
      publicUrl: 'http://usage.test',
      sign: async (text) => `s${text.length}`,
    }),
  });
  await server.post('/v1/test-clocks', { id: clockId, now: startsAt });
  await server.account('acme', { ...account, testClockId: clockId });
  let nowMs = Date.parse(startsAt);
  const base = '/v1/accounts/acme';
  const send = (
    method: string,
    path: string,
    body: object | undefined,
    token: string | undefined,
    key?: string,
  ) =>
    server.send<SubscriptionChangeAnswer>(method, `${base}/${path}`, body, {
      ...(token === undefined ? {} : { token }),
      ...(key === undefined ? {} : { key }),
    });
  let keys = 0;
  const keyed = (method: string) => (method === 'POST' ? `command-${keys++}` : undefined);
  const product: Product = {
    server,
    async moveTo(iso) {
      const monthMs = 30 * 86_400_000;
      for (const endMs = Date.parse(iso); nowMs < endMs; ) {
        nowMs = Math.min(nowMs + monthMs, endMs);
        const to = new Date(nowMs).toISOString();
        const moved = await server.post(`/v1/test-clocks/${clockId}/advance`, { to });
        expect(moved.status).toBe(200);
        await server.app.tick();
      }
    },
    member: (id, input = {}) => server.member('acme', id, input),
    async gate(items, more = {}) {
      const answer = await server.post<Problem>('/v1/consume', { accountId: 'acme', items, ...more });
      return answer.status === 200 ? 'allowed' : answer.body.code;
    },
    async refusal(items, more = {}) {
      const answer = await server.post<Problem>('/v1/consume', { accountId: 'acme', items, ...more });
      return { ...answer.body, status: answer.status };
    },
    async subscription(token) {
      return (await server.get<Subscription>(`${base}/subscription`, token)).body;
    },
    async usage(token) {
      return (await server.get<Usage>(`${base}/usage`, token)).body;
    },
    async read<Body>(path: string, token?: string) {
      const answer = await server.get<Body>(`${base}/${path}`, token);
      expect(answer.status).toBe(200);
      return answer.body;
    },
    async change(method, path, body, token) {
      const done = await send(method, path, body, token, keyed(method));
      if (done.status !== 200) throw new Error(`${done.status} for ${method} ${path}: ${done.text}`);
      await server.app.tick();
      return done.body;
    },
    async tried(method, path, body, token) {
      return (await send(method, path, body, token, keyed(method))).status;
    },
    async enterCard(card, token) {
      const returnUrl = 'https://app.example.com/billing';
      const session = await server.post<{ url: string }>(
        `${base}/payment-method/session`,
        { returnUrl },
        { token },
      );
      const chosen = await server.app.fetch(
        new Request(session.body.url, { method: 'POST', body: new URLSearchParams({ card }) }),
      );
      expect(chosen.status).toBe(303);
      await server.app.tick();
    },
  };
  return product;
}

/** So much of a metric, as an item. */
export const of = (metric: string, quantity: number | string): Item => ({
  metric,
  quantity: String(quantity),
});

/** The lines of an account's invoices, oldest invoice first: when each was issued, and what it charges. */
export async function billed(product: Product): Promise<[date: string, lines: string[]][]> {
  const { items } = await product.read<Page<Invoice>>('invoices?limit=100');
  return items
    .reverse()
    .map(({ issuedAt, lines }) => [
      (issuedAt ?? '').slice(0, 10),
      lines.map(({ kind, subject, amount }) => `${kind} ${subject} ${amount.amount}`),
    ]);
}
