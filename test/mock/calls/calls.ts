import type { MockViewer, UsageKitMock } from '@usagekit/react/testing';
import { headers as headerNames, paths } from '@usagekit/server/contract';

/** One call of the API, as any adapter passes it on. */
export interface Call {
  method: string;
  path: string;
  /** Whose token it brings; the host's secret key by default, and nothing where it is null. */
  as?: MockViewer | null;
  body?: unknown;
  /** Sent as it is, in the place of JSON. */
  text?: string;
  headers?: Record<string, string>;
  key?: string;
}

/** What an answer says, without what differs from one request to the next. */
export interface Answered {
  call: string;
  status: number;
  type: string | null;
  headers: Record<string, string>;
  body: unknown;
}

const acme = 'acme';
const roles: MockViewer[] = ['owner', 'admin', 'manager', 'member', 'viewer', 'visitor'];
const reads = [
  paths.account(acme),
  paths.summary(acme),
  paths.usage(acme),
  paths.usageHistory(acme),
  `${paths.usageSeries(acme)}?metric=credits&groupBy=member&interval=day&from=2026-11-01T00:00:00Z&to=2026-11-20T00:00:00Z`,
  paths.credits(acme),
  `${paths.ledger(acme)}?limit=5`,
  `${paths.activity(acme)}?limit=5`,
  paths.subscription(acme),
  `${paths.tasks}?accountId=${acme}&limit=5`,
  `${paths.invoices(acme)}?limit=5`,
  paths.upcomingInvoice(acme),
  paths.charges(acme),
  paths.diagnosis(acme),
  paths.catalog,
  `${paths.models}?accountId=${acme}`,
  paths.whoami,
];

const work = (calls: number) => [{ tool: 'work', calls }];
const use = (calls: number) => ({ accountId: acme, memberId: 'member', items: work(calls) });

/** 150 calls in their order, mistakes and refusals among them; what they change is the same each time. */
export const calls: readonly Call[] = [
  ...roles.flatMap((as) => reads.map((path): Call => ({ method: 'GET', path, as }))),
  // Mistakes
  { method: 'GET', path: paths.credits(acme), as: null },
  { method: 'GET', path: paths.credits(acme), as: null, headers: { Authorization: 'Bearer nonsense' } },
  { method: 'GET', path: paths.credits('nobody') },
  { method: 'GET', path: '/v1/nothing' },
  { method: 'DELETE', path: paths.credits(acme) },
  { method: 'GET', path: `${paths.ledger(acme)}?cursor=nonsense` },
  { method: 'GET', path: `${paths.ledger(acme)}?limit=0` },
  { method: 'POST', path: paths.consume, body: use(1), headers: { [headerNames.idempotencyKey]: '' } },
  { method: 'POST', path: paths.consume, text: '{"accountId":', key: 'cut' },
  { method: 'POST', path: paths.consume, body: { ...use(1), unknown: true }, key: 'unknown-field' },
  { method: 'POST', path: paths.consume, body: { accountId: acme, items: [] }, key: 'no-items' },
  { method: 'POST', path: paths.consume, body: use(1), key: 'own', as: 'owner' },
  { method: 'POST', path: paths.check, body: { accountId: acme, items: [{ tool: 'none', calls: 1 }] } },
  {
    method: 'POST',
    path: paths.check,
    body: { accountId: acme, items: [{ metric: 'none', quantity: '1' }] },
  },
  // The gates
  { method: 'POST', path: paths.check, body: use(5) },
  { method: 'POST', path: paths.consume, body: use(5), key: 'consume-1' },
  { method: 'POST', path: paths.consume, body: use(5), key: 'consume-1' },
  { method: 'POST', path: paths.consume, body: use(6), key: 'consume-1' },
  { method: 'POST', path: paths.consume, body: use(100_000), key: 'too-much' },
  { method: 'POST', path: paths.holds, body: { ...use(20), id: 'hold-1' }, key: 'hold-1' },
  { method: 'GET', path: `${paths.hold('hold-1')}?accountId=${acme}` },
  { method: 'GET', path: `${paths.holds}?accountId=${acme}` },
  {
    method: 'POST',
    path: paths.settleHold('hold-1'),
    body: { accountId: acme, items: work(7), final: false },
    key: 'settle-1',
  },
  { method: 'POST', path: paths.releaseHold('hold-1'), body: { accountId: acme }, key: 'release-1' },
  { method: 'POST', path: paths.releaseHold('hold-1'), body: { accountId: acme }, key: 'release-2' },
  {
    method: 'POST',
    path: paths.events,
    body: { events: [{ id: 'event-1', accountId: acme, items: [{ metric: 'emails', quantity: '3' }] }] },
  },
  {
    method: 'POST',
    path: paths.events,
    body: { events: [{ id: 'event-1', accountId: acme, items: [{ metric: 'emails', quantity: '3' }] }] },
  },
  {
    method: 'POST',
    path: paths.tasks,
    body: { accountId: acme, id: 'task-1', name: 'Look', status: 'in_progress', estimate: work(10) },
  },
  {
    method: 'PATCH',
    path: paths.task('task-1'),
    body: { accountId: acme, status: 'completed', items: work(4), result: 'Done.' },
  },
  { method: 'PATCH', path: paths.task('task-1'), body: { accountId: acme, status: 'in_progress' } },
  { method: 'GET', path: `${paths.task('task-1')}?accountId=${acme}`, as: 'owner' },
  // Credits and the plan
  { method: 'POST', path: paths.grants(acme), body: { amount: '25.5', reason: 'Gift' }, key: 'grant-1' },
  { method: 'POST', path: paths.grants(acme), body: { amount: '-1' }, key: 'grant-2' },
  {
    method: 'POST',
    path: paths.adjustments(acme),
    body: { amount: '-2', reason: 'Mistake' },
    key: 'adjust-1',
  },
  { method: 'POST', path: paths.purchase(acme, 'pack-500'), key: 'purchase-1', as: 'owner' },
  { method: 'GET', path: paths.autoTopUp(acme), as: 'owner' },
  {
    method: 'POST',
    path: paths.subscriptionPreview(acme),
    body: { kind: 'change_plan', planId: 'free' },
    as: 'owner',
  },
  {
    method: 'POST',
    path: paths.subscriptionChange(acme),
    body: { planId: 'free' },
    key: 'change',
    as: 'member',
  },
  {
    method: 'POST',
    path: paths.subscriptionChange(acme),
    body: { planId: 'free' },
    key: 'change',
    as: 'owner',
  },
  { method: 'POST', path: paths.subscriptionResume(acme), key: 'resume', as: 'owner' },
  { method: 'PUT', path: paths.ownLimit(acme, 'emails'), body: { limit: '2000' }, as: 'admin' },
  { method: 'PUT', path: paths.member(acme, 'mia'), body: { role: 'member', name: 'Mia' } },
  { method: 'GET', path: paths.member(acme, 'mia') },
  { method: 'GET', path: '/v1/meta', as: null },
  // What they came to
  { method: 'GET', path: paths.credits(acme) },
  { method: 'GET', path: `${paths.ledger(acme)}?limit=20` },
  { method: 'GET', path: paths.usage(acme) },
  { method: 'GET', path: paths.summary(acme) },
];

/** What the calls need of a mock, or of a server in its place. */
export type Mocked = Pick<UsageKitMock, 'tokenFor' | 'secretKey'> & {
  account(): Pick<ReturnType<UsageKitMock['account']>, 'spend'>;
};

type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** Makes every call through an adapter, then reads a stream over a change, and gives what was answered. */
export async function answersThrough(fetch: Fetch, base: string, mock: Mocked): Promise<Answered[]> {
  const tokens = new Map<MockViewer, string>();
  for (const role of roles) tokens.set(role, (await mock.tokenFor({ role })).token);
  const answered: Answered[] = [];
  for (const call of calls)
    answered.push(await answerOf(fetch, base, call, credentialsOf(call, tokens, mock)));
  answered.push(await streamed(fetch, base, tokens.get('owner') ?? '', mock));
  return answered;
}

function credentialsOf({ as }: Call, tokens: Map<MockViewer, string>, mock: Mocked): string | undefined {
  if (as === null) return undefined;
  return as === undefined ? mock.secretKey : tokens.get(as);
}

async function answerOf(
  fetch: Fetch,
  base: string,
  call: Call,
  credentials: string | undefined,
): Promise<Answered> {
  const { method, path, body, text, key } = call;
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const response = await fetch(`${base}${path}`, {
    method,
    headers: {
      ...(credentials === undefined ? {} : { Authorization: `Bearer ${credentials}` }),
      ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(key === undefined ? {} : { [headerNames.idempotencyKey]: key }),
      ...call.headers,
    },
    ...(sent === undefined ? {} : { body: sent }),
  });
  const type = response.headers.get('Content-Type')?.split(';')[0] ?? null;
  const given = await response.text();
  return {
    call: `${method} ${path} as ${call.as ?? 'backend'}`,
    status: response.status,
    type,
    headers: headersOf(response),
    body: type?.includes('json') ? withoutIds(JSON.parse(given)) : given,
  };
}

/** The first messages of a stream over a change. */
async function streamed(fetch: Fetch, base: string, token: string, mock: Mocked): Promise<Answered> {
  const ending = new AbortController();
  const response = await fetch(`${base}${paths.stream(acme)}`, {
    headers: { Authorization: `Bearer ${token}`, Accept: 'text/event-stream' },
    signal: ending.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (!text.includes('"change"')) {
    const { value, done } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) break;
    text += value;
    if (text.includes('"hello"') && !text.includes('"change"')) await mock.account().spend(1);
  }
  ending.abort();
  await reader?.cancel().catch(() => undefined);
  const messages = text
    .split('\n\n')
    .filter((message) => message.startsWith('data: '))
    .map((message) => JSON.parse(message.slice('data: '.length)) as { type: string })
    .filter(({ type }) => type !== 'beat');
  return {
    call: `GET ${paths.stream(acme)}`,
    status: response.status,
    type: response.headers.get('Content-Type')?.split(';')[0] ?? null,
    headers: headersOf(response),
    body: withoutIds(messages.slice(0, 2)),
  };
}

/** Of the connection, and not of the answer; or counted on from one request to the next. */
const ofTransport = new Set([
  'connection',
  'content-length',
  'date',
  'keep-alive',
  'transfer-encoding',
  'x-request-id',
]);

function headersOf({ headers }: Response): Record<string, string> {
  return Object.fromEntries([...headers].filter(([name]) => !ofTransport.has(name)));
}

/** Ids of requests, and of what the server made, follow from how many it made before. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, part: unknown) => {
      if (name === 'requestId') return undefined;
      if (name === 'nextCursor') return part === null ? null : 'further';
      return typeof part === 'string' ? part.replaceAll(/\b(mock|own)_\d{8}\b/g, 'made') : part;
    }),
  );
}
