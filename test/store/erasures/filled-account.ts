import type { App } from '@usagekit/server/app';
import {
  type CatalogConfig,
  type ConsumeAnswer,
  type Credits,
  type Erasure,
  type LedgerEntry,
  type Page,
  paths,
  type Task,
  type Token,
  type Usage,
  type UsageSeries,
} from '@usagekit/server/contract';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

export const secretKey = 'sk_test_for-erasures-only';
export const startMs = Date.parse('2026-06-10T12:00:00.000Z');

/** Whom these tests erase, by every name that the host has for them. */
export const erased = {
  id: 'auth0|ada.byron-1815',
  name: 'Augusta Ada Byron',
  email: 'ada.byron@example.test',
} as const;
export const others = { id: 'charles', name: 'Charles' } as const;

/** Everything that is found of the person when somebody looks for it. */
export const traces = [erased.id, 'ada.byron', 'Augusta', 'Byron', JSON.stringify(erased.id).slice(1, -1)];

export const catalog: CatalogConfig = {
  ...smallCatalogConfig,
  baselineCredits: '50',
  baselineCreditsPer: 'member',
  plans: smallCatalogConfig.plans.map((plan) => ({
    ...plan,
    windows: [
      {
        id: 'session',
        label: 'Session',
        metric: 'emails',
        of: 'member',
        kind: 'first_use',
        minutes: 300,
        limit: '100',
      },
    ],
  })),
};

export interface Sent<Body> {
  readonly status: number;
  readonly body: Body;
  readonly text: string;
}

export type Send = <Body>(
  method: string,
  path: string,
  body?: unknown,
  options?: { readonly key?: string; readonly bearer?: string },
) => Promise<Sent<Body>>;

let made = 0;

export function senderTo(fetchFrom: App['fetch']): Send {
  return async <Body>(
    method: string,
    path: string,
    body?: unknown,
    { key = `key-${made++}`, bearer = secretKey }: { key?: string; bearer?: string } = {},
  ) => {
    const response = await fetchFrom(
      new Request(`http://usage.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${bearer}`,
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      text,
      body: (text.startsWith('{') ? JSON.parse(text) : null) as Body,
    };
  };
}

async function succeed<Body>(sending: Promise<Sent<Body>>): Promise<Body> {
  const sent = await sending;
  if (sent.status >= 300) throw new Error(`${sent.status}: ${sent.text}`);
  return sent.body;
}

/** An account in which one of two members has left their name everywhere that a host can put it. */
export async function fillAccount(
  send: Send,
  accountId: string,
  nowMs: number = startMs,
): Promise<{ readonly token: string }> {
  await succeed(send('PUT', paths.account(accountId), { name: 'Analytical Engines', planId: 'pro' }));
  await succeed(
    send('PUT', paths.member(accountId, erased.id), { name: erased.name, allocations: { emails: '50' } }),
  );
  await succeed(send('PUT', paths.member(accountId, others.id), { name: others.name }));
  await succeed(
    send('POST', paths.keys, {
      kind: 'extension',
      label: `Browser of ${erased.name}`,
      accountId,
      memberId: erased.id,
    }),
  );
  const { token } = await succeed(send<Token>('POST', paths.tokens, { accountId, memberId: erased.id }));
  for (const memberId of [erased.id, others.id]) {
    const use = { accountId, memberId, items: [{ metric: 'emails', quantity: '2' }] };
    await succeed(send('POST', paths.consume, use));
    const run = { accountId, memberId, items: [{ tool: 'search', calls: 3 }] };
    await succeed(send('POST', paths.consume, run));
  }
  await succeed(
    send('POST', paths.events, {
      events: [
        {
          id: 'event-1',
          accountId,
          memberId: erased.id,
          at: new Date(nowMs - 86_400_000).toISOString(),
          items: [{ tool: 'search', calls: 1 }],
        },
      ],
    }),
  );
  const task = { accountId, memberId: erased.id, name: `Report for ${erased.name}`, status: 'in_progress' };
  await succeed(send('POST', paths.tasks, { ...task, id: 'task-1' }));
  await succeed(
    send('PATCH', paths.task('task-1'), {
      accountId,
      items: [{ tool: 'search', calls: 2 }],
      status: 'completed',
      result: `Mailed to ${erased.email}`,
    }),
  );
  await succeed(
    send('POST', paths.tasks, {
      accountId,
      memberId: others.id,
      id: 'task-2',
      name: `Ask ${erased.name} for numbers`,
      status: 'in_progress',
    }),
  );
  await succeed(
    send('PATCH', paths.task('task-2'), { accountId, status: 'failed', error: `${erased.name} is away` }),
  );
  await succeed(
    send('POST', paths.holds, {
      accountId,
      id: 'hold-1',
      memberId: erased.id,
      items: [{ tool: 'search', calls: 1 }],
    }),
  );
  await succeed(
    send('POST', paths.grants(accountId), { amount: '25', label: 'Gift', reason: `For ${erased.name}` }),
  );
  await succeed(
    send('POST', paths.adjustments(accountId), { amount: '-5', reason: `${erased.name} asked for it` }),
  );
  return { token };
}

/** A use whose answer is kept, to be asked for again. */
export const keptKey = 'a-key-of-the-hosts';

export function keptUse(send: Send, accountId: string): Promise<Sent<ConsumeAnswer>> {
  const use = { accountId, memberId: erased.id, items: [{ tool: 'search', calls: 1 }] };
  return send<ConsumeAnswer>('POST', paths.consume, use, { key: keptKey });
}

/** Every figure of the account, without anybody's name in it. */
export async function figuresOf(send: Send, accountId: string): Promise<unknown> {
  const credits = await succeed(send<Credits>('GET', paths.credits(accountId)));
  const usage = await succeed(send<Usage>('GET', paths.usage(accountId)));
  const ledger = await succeed(send<Page<LedgerEntry>>('GET', `${paths.ledger(accountId)}?limit=200`));
  const tasks = await succeed(
    send<Page<Task>>('GET', `${paths.tasks}?${new URLSearchParams({ accountId })}`),
  );
  const series: unknown[] = [];
  for (const metric of ['emails', 'credits']) {
    for (const groupBy of ['member', 'agent']) {
      const query = new URLSearchParams({
        metric,
        groupBy,
        interval: 'day',
        from: '2026-06-01T00:00:00Z',
        to: '2026-07-01T00:00:00Z',
      });
      const answer = await succeed(send<UsageSeries>('GET', `${paths.usageSeries(accountId)}?${query}`));
      series.push([metric, answer.total, answer.groups.map(({ total }) => total).sort()]);
    }
  }
  return {
    credits: [credits.available, credits.held, credits.debt, credits.spentThisCycle],
    grants: credits.grants.map(({ amount, remaining, held }) => [amount, remaining, held]),
    meters: usage.groups.flatMap(({ meters }) => meters.map(({ metric, used }) => [metric, used])),
    ledger: ledger.items.map(({ kind, amount, balanceAfter, effectiveAt }) => [
      kind,
      amount,
      balanceAfter,
      effectiveAt,
    ]),
    tasks: tasks.items.map(({ id, status, cost }) => [id, status, cost]),
    series,
  };
}

export function eraseMember(send: Send, accountId: string, key?: string): Promise<Sent<Erasure>> {
  const request = { texts: [erased.email, 'Byron'] };
  return send<Erasure>(
    'POST',
    paths.eraseMember(accountId, erased.id),
    request,
    key === undefined ? {} : { key },
  );
}
