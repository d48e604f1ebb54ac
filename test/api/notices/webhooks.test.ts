import { hostname } from 'node:os';
import type {
  CreatedWebhookEndpoint,
  Notice,
  NoticeBody,
  Page,
  Subscription,
} from '@usagekit/server/contract';
import { createSandboxProvider } from '@usagekit/server/payments';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { createNoticeTransport } from '../../../server/src/node/notices/notice-transport.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer, secretKey, type TestServer } from '../support/test-server.ts';
import { createMailServer } from './mail-server.ts';
import { createReceiver, type Receiver } from './receiver.ts';

const silent = { info() {}, warn() {}, error() {} };
const from = 'billing@example.com';
const minuteMs = 60_000;

function createServer(smtpUrl: string | null = null): TestServer {
  return createTestServer({ notices: createNoticeTransport({ allowsPrivate: true, smtpUrl, from }, silent) });
}

async function endpoint(
  server: TestServer,
  id: string,
  { url }: Receiver,
  more: object = {},
): Promise<CreatedWebhookEndpoint> {
  const { status, body } = await server.put<CreatedWebhookEndpoint>(`/v1/webhook-endpoints/${id}`, {
    url,
    ...more,
  });
  expect(status).toBe(201);
  return body;
}

/** Sends what is due, and waits until it was taken or not. */
async function deliver({ app }: TestServer): Promise<void> {
  await app.deliver();
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  // The connection is real: its result is only known once the outbox has it.
}

const notices = async (server: TestServer, query = '') =>
  (await server.get<Page<Notice>>(`/v1/notices${query}`)).body.items;

/** Until no copy is due any more by the server's clock. */
async function settled(server: TestServer): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    await deliver(server);
    const waits = (await notices(server)).some(
      ({ deliveries }) =>
        deliveries.length === 0 ||
        deliveries.some(
          ({ nextAttemptAt }) => nextAttemptAt !== null && Date.parse(nextAttemptAt) <= server.clock.nowMs(),
        ),
    );
    if (!waits) return;
  }
  throw new Error('Something is still due');
}

/** Uses all credits but a tenth: the account is told that they are low. */
const useMuch = (server: TestServer) =>
  server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 45 }] });
const bodiesOf = ({ received }: Receiver) => received.map(({ body }) => JSON.parse(body) as NoticeBody);

describe('webhooks', () => {
  it('D6: tells an endpoint of an alert once a cycle, at the time of the attempt', async () => {
    const server = createServer();
    await server.account();
    const receiver = await createReceiver();
    await endpoint(server, 'main', receiver);
    const answered = await server.put<{ subscription: Subscription }>('/v1/accounts/acme/alerts/emails', {
      amounts: ['8', '5'],
    });
    expect(answered.body.subscription.alerts).toMatchObject([
      {
        metric: 'emails',
        amounts: [
          { amount: '5', told: false },
          { amount: '8', told: false },
        ],
      },
    ]);
    for (let uses = 0; uses < 9; uses++)
      await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'emails', quantity: '1' }] });
    await settled(server);
    expect(bodiesOf(receiver).map(({ type, data }) => [type, 'amounts' in data && data.amounts])).toEqual([
      ['usage.alert', ['5']],
      ['usage.alert', ['8']],
    ]);
    expect(receiver.received[0]?.headers['webhook-timestamp']).toBe(
      String(Math.floor(server.clock.nowMs() / 1_000)),
    );
    const { body: subscription } = await server.get<Subscription>('/v1/accounts/acme/subscription');
    expect(subscription.alerts[0]?.amounts.map(({ told }) => told)).toEqual([true, true]);
  });

  it('L140 to L143: tells an endpoint of everything that happens to an account, each once', async () => {
    const server = createTestServer({
      notices: createNoticeTransport({ allowsPrivate: true, smtpUrl: null, from }, silent),
      payments: createSandboxProvider({
        publicUrl: 'http://usage.test',
        sign: async (text) => `s${text.length}`,
      }),
      catalog: {
        ...smallCatalogConfig,
        plans: smallCatalogConfig.plans.map((plan) =>
          plan.id === 'pro' ? { ...plan, trial: { days: 2 } } : plan,
        ),
      },
    });
    await server.account();
    const token = await server.member('acme', 'ada', { role: 'owner' });
    const receiver = await createReceiver();
    await endpoint(server, 'main', receiver);
    const base = '/v1/accounts/acme';
    const session = await server.post<{ url: string }>(
      `${base}/payment-method/session`,
      { returnUrl: 'https://app.example.com' },
      { token },
    );
    const card = new URLSearchParams({ card: 'declines' });
    await server.app.fetch(new Request(session.body.url, { method: 'POST', body: card }));
    const topUp = { enabled: true, threshold: '20', packId: 'small' };
    await server.put(`${base}/auto-top-up`, topUp, { token });
    await server.put(`${base}/alerts/emails`, { amounts: ['5', '9'] }, { token });
    const task = { id: 'task-1', accountId: 'acme', name: 'Report', status: 'in_progress' };
    await server.post('/v1/tasks', task);
    const failed = { accountId: 'acme', status: 'failed', error: 'No answer' };
    await server.send('PATCH', '/v1/tasks/task-1', failed, { key: 'fails' });
    const use = (items: object[]) => server.post('/v1/consume', { accountId: 'acme', items });
    await use([{ metric: 'emails', quantity: '10' }]);
    await use([{ tool: 'search', calls: 46 }]);
    await use([{ tool: 'search', calls: 4 }]);
    // A trial of two days tells its end with its beginning.
    await server.post(`${base}/subscription/change`, { planId: 'pro' }, { token });
    await server.app.tick();
    await settled(server);
    const told = bodiesOf(receiver);
    expect(told.map(({ type }) => type).sort()).toEqual([
      'credits.low',
      'credits.out',
      'plan.changed',
      'task.failed',
      'top_up.failed',
      'trial.ending',
      'usage.alert',
      'usage.limit_reached',
    ]);
    for (const { data } of told) expect(data.accountId).toBe('acme');
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(told.length);
  });

  it('signs so that the library of Standard Webhooks takes it, with both secrets while one is rotated', async () => {
    const server = createTestServer({
      notices: createNoticeTransport({ allowsPrivate: true, smtpUrl: null, from }, silent),
      clock: { nowMs: () => Date.now() },
    });
    await server.account();
    const receiver = await createReceiver();
    const { secret: first = '' } = await endpoint(server, 'main', receiver);
    const { body } = await server.post<CreatedWebhookEndpoint>(
      '/v1/webhook-endpoints/main/rotate-secret',
      undefined,
    );
    await useMuch(server);
    await server.app.deliver();
    await receiver.until(1);
    const [got] = receiver.received;
    const headers = got?.headers as Record<string, string>;
    for (const secret of [first, body.secret ?? ''])
      expect(new Webhook(secret).verify(got?.body ?? '', headers)).toMatchObject({ type: 'credits.low' });
    expect(() => new Webhook(secretOf('other')).verify(got?.body ?? '', headers)).toThrow();
    // One byte more is another message.
    expect(() => new Webhook(first).verify(`${got?.body} `, headers)).toThrow();
    await server.app.close();
  });

  it('tries again under the same id with a fresh stamp, and delivers to an endpoint that has recovered', async () => {
    const server = createServer();
    await server.account();
    const receiver = await createReceiver();
    await endpoint(server, 'main', receiver);
    receiver.answer = 500;
    await useMuch(server);
    await settled(server);
    expect(receiver.received).toHaveLength(1);
    expect((await notices(server))[0]?.deliveries).toMatchObject([
      { status: 'waiting', attempts: 1, lastFailure: 'The endpoint answered 500.' },
    ]);
    server.clock.advance(60 * minuteMs);
    receiver.answer = 200;
    await settled(server);
    const [first, second] = receiver.received.map(({ headers }) => headers);
    expect(second?.['webhook-id']).toBe(first?.['webhook-id']);
    expect(Number(second?.['webhook-timestamp'])).toBe(Number(first?.['webhook-timestamp']) + 3_600);
    expect(receiver.received[1]?.body).toBe(receiver.received[0]?.body);
    expect((await notices(server))[0]?.deliveries).toMatchObject([{ status: 'delivered', attempts: 2 }]);
  });

  it('gives a copy up after three days, shows it, and sends it again under the same id when it is replayed', async () => {
    const server = createServer();
    await server.account();
    const receiver = await createReceiver();
    await endpoint(server, 'main', receiver);
    receiver.answer = 503;
    await useMuch(server);
    for (let hours = 0; hours <= 96; hours += 4) {
      await settled(server);
      server.clock.advance(4 * 60 * minuteMs);
    }
    const [dead] = await notices(server, '?status=dead');
    expect(dead?.deliveries).toMatchObject([{ status: 'dead', endpointId: 'main', nextAttemptAt: null }]);
    const attempts = receiver.received.length;
    receiver.answer = 200;
    await settled(server);
    expect(receiver.received).toHaveLength(attempts);
    const replayed = await server.post<Notice>(`/v1/accounts/acme/notices/${dead?.id}/replay`, undefined);
    expect(replayed.body.deliveries).toMatchObject([{ status: 'waiting', attempts: 0 }]);
    await settled(server);
    expect(receiver.received.at(-1)?.headers['webhook-id']).toBe(dead?.webhookId);
    expect(await notices(server, '?status=dead')).toEqual([]);
    expect((await server.post('/v1/accounts/acme/notices/nothing/replay', undefined)).status).toBe(404);
  });

  it('delivers to one endpoint while another hangs', async () => {
    const server = createServer();
    const hanging = await createReceiver();
    const healthy = await createReceiver();
    hanging.answer = 'hang';
    await endpoint(server, 'a', hanging);
    await endpoint(server, 'b', healthy);
    for (let index = 0; index < 30; index++) {
      await server.account(`account-${index}`);
      await server.post('/v1/consume', {
        accountId: `account-${index}`,
        items: [{ tool: 'search', calls: 50 }],
      });
    }
    const ask = setInterval(() => void server.app.deliver(), 5);
    await healthy.until(30);
    clearInterval(ask);
    expect(hanging.received.length).toBeLessThanOrEqual(8);
    await server.app.close();
  });

  it('gives an endpoint the types that it chose, drops what waits for one that was removed, and keeps secrets to itself', async () => {
    const server = createServer();
    await server.account();
    const receiver = await createReceiver();
    await endpoint(server, 'plans', receiver, { types: ['plan.changed'], label: 'Sales' });
    const gone = await createReceiver();
    gone.answer = 500;
    await endpoint(server, 'gone', gone);
    await useMuch(server);
    await settled(server);
    expect((await server.send('DELETE', '/v1/webhook-endpoints/gone')).status).toBe(204);
    server.clock.advance(minuteMs);
    await settled(server);
    expect((await notices(server))[0]?.deliveries).toMatchObject([
      { endpointId: 'gone', status: 'dropped', lastFailure: 'The endpoint was removed' },
    ]);
    expect(receiver.received).toEqual([]);
    const list = await server.get('/v1/webhook-endpoints');
    expect(list.body).toMatchObject({ items: [{ id: 'plans', types: ['plan.changed'], label: 'Sales' }] });
    expect(list.text).not.toContain('whsec_');
    expect((await server.get('/v1/webhook-endpoints/plans')).text).not.toContain('whsec_');
    const changed = await server.put('/v1/webhook-endpoints/plans', { url: receiver.url });
    expect(changed.text).not.toContain('whsec_');
    expect(changed.body).toMatchObject({ types: null });
    const token = await server.member('acme', 'mia', { role: 'owner' });
    for (const path of ['/v1/webhook-endpoints', '/v1/notices'])
      expect((await server.get(path, token)).status).toBe(403);
  });

  it('refuses an address that is not valid, or that leads into a private network, also where its name does so', async () => {
    const transport = createNoticeTransport({ allowsPrivate: false, smtpUrl: null, from }, silent);
    const server = createTestServer({ notices: transport });
    const put = (url: string) => server.put('/v1/webhook-endpoints/main', { url });
    for (const url of [
      'nonsense',
      'ftp://example.com',
      'http://example.com/hooks',
      'https://localhost/hooks',
      'https://127.0.0.1/hooks',
      'https://10.1.2.3/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://169.254.169.254/latest/meta-data',
      'https://2130706433/',
      'https://user:password@example.com/',
    ])
      expect([url, (await put(url)).status]).toEqual([url, 400]);
    for (const url of ['http://127.0.0.1:3000/hooks', 'https://127.0.0.1/hooks'])
      expect(JSON.stringify((await put(url)).body)).toContain('--webhooks-to-private yes');
    expect((await put('https://example.com/hooks')).status).toBe(201);
    // The machine's own name leads to itself.
    const receiver = await createReceiver();
    const port = new URL(receiver.url).port;
    const why = await transport.post({
      url: `https://${hostname()}:${port}/`,
      id: 'msg_1',
      sentAtMs: Date.now(),
      payload: '{}',
      secrets: [secretOf('any')],
      signal: new AbortController().signal,
    });
    expect(why).toMatch(/^The address leads into a private network, .* --webhooks-to-private yes\.$/);
    expect(receiver.received).toEqual([]);
  });
});

describe('mails', () => {
  it('D6: writes the mail to the log where no mail server is set, once for a hundred debits that cross it together', async () => {
    const written: unknown[] = [];
    const log = { ...silent, info: (details: unknown) => written.push(details) };
    const server = createTestServer({
      notices: createNoticeTransport({ allowsPrivate: true, smtpUrl: null, from }, log),
      catalog: {
        ...smallCatalogConfig,
        plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, limits: [] })),
      },
    });
    await server.account();
    await server.put('/v1/accounts/acme/alert-email', { email: 'ops@example.com' });
    await server.put('/v1/accounts/acme/alerts/emails', { amounts: ['40', '60'] });
    const email = { accountId: 'acme', items: [{ metric: 'emails', quantity: '1' }] };
    await Promise.all(Array.from({ length: 100 }, () => server.post('/v1/consume', email)));
    await settled(server);
    const told = await notices(server);
    // What one commit reaches together is one notice, so that there are one or two; each amount is in one.
    expect(told.flatMap(({ body }) => (body.type === 'usage.alert' ? body.data.amounts : [])).sort()).toEqual(
      ['40', '60'],
    );
    expect(written).toHaveLength(told.length);
    expect(written[0]).toMatchObject({ to: 'ops@example.com', subject: expect.stringContaining('Emails') });
  });

  it('D6: mails an alert to the address of the account, which may be changed and must be one bare address', async () => {
    const mailServer = await createMailServer();
    const server = createServer(mailServer.url);
    await server.account('acme', { name: '<b>Zoë</b> $& Sons' });
    const put = (email: string | null) => server.put('/v1/accounts/acme/alert-email', { email });
    for (const wrong of [
      'a@example.com\r\nBcc: b@example.com',
      'a@example.com, b@example.com',
      'Me <a@example.com>',
    ])
      expect((await put(wrong)).status).toBe(400);
    await put('ops@example.com');
    await server.put('/v1/accounts/acme/alerts/emails', { amounts: ['2'] });
    await server.post('/v1/consume', { accountId: 'acme', items: [{ metric: 'emails', quantity: '3' }] });
    await settled(server);
    expect(mailServer.mails).toHaveLength(1);
    expect(mailServer.mails[0]?.to).toEqual(['<ops@example.com>']);
    expect(mailServer.mails[0]?.text).toMatch(/^Subject: Emails reached 2$/m);
    expect((await notices(server))[0]?.deliveries).toMatchObject([{ channel: 'mail', status: 'delivered' }]);
    const token = await server.member('acme', 'vic', { role: 'viewer' });
    expect(
      (await server.get<Subscription>('/v1/accounts/acme/subscription', token)).body.alertEmail ?? null,
    ).toBe(null);
    expect((await server.put('/v1/accounts/acme/alert-email', { email: null }, { token })).status).toBe(403);
  });
});

function secretOf(text: string): string {
  return `whsec_${Buffer.from(`${text}-${secretKey}`).toString('base64')}`;
}
