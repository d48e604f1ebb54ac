import { type App, createApp } from '@usagekit/server/app';
import type {
  Invoice,
  LedgerEntry,
  Notice,
  Page,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
} from '@usagekit/server/contract';
import { expect } from 'vitest';
import type { Store } from '../../server/src/store/store.ts';
import { assertReconciled } from '../support/assert-reconciled.ts';
import { isCallOf } from '../support/is-call-of.ts';
import { subscriptionCatalogConfig } from '../unit/domain/reference-model/subscription-catalog.ts';
import { type Step, subscriptionCallOf } from '../unit/domain/reference-model/subscription-commands.ts';
import { type PlainCommand, SubscriptionModel } from '../unit/domain/reference-model/subscription-model.ts';

const secretKey = 'sk_test_for-subscription-histories';
const dayMs = 86_400_000;

/** What an answer says, except when it was asked. */
type Told = { status: number; body: unknown };

/** The same account on one of the stores, with ids that count from each command on. */
class OnStore {
  readonly app: App;
  readonly #store: Store;
  #ids = 0;
  #cause = 'start';

  constructor(store: Store, clock: { nowMs(): number }) {
    this.#store = store;
    this.app = createApp({
      store,
      clock,
      newId: () => `${this.#cause}-${this.#ids++}`,
      catalog: subscriptionCatalogConfig,
      secretKeys: [secretKey],
      tokenSecret: 'a secret for these tests only',
    });
  }

  async send<Body>(
    cause: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Body }> {
    this.#cause = cause;
    this.#ids = 0;
    const response = await this.app.fetch(
      new Request(`http://usage.test${path}`, {
        method,
        headers: {
          authorization: `Bearer ${secretKey}`,
          'content-type': 'application/json',
          'idempotency-key': cause,
        },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: (await response.json()) as Body };
  }

  async pages<Item>(path: string, about = ''): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { body } = await this.send<Page<Item>>('read', 'GET', `${path}?limit=100${about}${query}`);
      items.push(...body.items);
      cursor = body.nextCursor;
    } while (cursor !== null);
    return items;
  }

  async close(): Promise<void> {
    await this.app.close();
    await assertReconciled(this.#store);
    await this.#store.close();
  }
}

const requestOf = (
  accountId: string,
  command: PlainCommand,
): [method: string, path: string, body?: object] => {
  const at = (rest: string) => `/v1/accounts/${accountId}${rest}`;
  const { kind, ...body } = command;
  switch (command.kind) {
    case 'change_plan':
      return ['POST', at('/subscription/change'), body];
    case 'cancel':
    case 'resume':
      return ['POST', at(`/subscription/${kind}`)];
    case 'seats':
      return ['PUT', at('/seats/seat'), { quantity: (command as { quantity: number }).quantity }];
    case 'add_on':
      return ['PUT', at('/add-ons/pack'), { quantity: (command as { quantity: number }).quantity }];
    case 'dedicated_ips':
      return ['PUT', at('/dedicated-ips'), body];
    case 'assign_dedicated_ip':
      return ['PUT', at(`/dedicated-ips/${command.ipId}`), { agentId: command.agentId }];
    case 'remove_dedicated_ip':
      return ['DELETE', at(`/dedicated-ips/${command.ipId}`)];
    case 'start_trial':
      return ['POST', at('/subscription/trial'), body];
    case 'end_trial':
      return ['POST', at('/subscription/trial/end'), body];
    case 'contract':
      return ['PUT', at('/contract'), body];
    case 'end_contract':
      return ['DELETE', at('/contract')];
    case 'alerts':
      return ['PUT', at('/alerts/runs'), { amounts: (command as { amounts: string[] }).amounts }];
    case 'own_limit':
      return ['PUT', at('/limits/runs'), { limit: (command as { limit: string | null }).limit }];
    case 'additional_use': {
      const { metric: _, ...use } = body as { metric: string; mode: string };
      return ['PUT', at('/additional-use/runs'), use];
    }
  }
};

/** The subscription in the model's words. */
function plain(subscription: Subscription) {
  const { planId, interval, status, pausedFor, trialEndsAt, contract, scheduled } = subscription;
  const { periodStartsAt, periodEndsAt, seats, addOns, dedicatedIps } = subscription;
  const ips = dedicatedIps?.items ?? [];
  const [seat] = seats;
  const [pack] = addOns;
  return {
    planId,
    interval,
    status: pausedFor ?? status,
    trialEndMs: trialEndsAt && Date.parse(trialEndsAt),
    contract,
    periodStartMs: Date.parse(periodStartsAt),
    periodEndMs: Date.parse(periodEndsAt),
    scheduled: scheduled && { kind: scheduled.kind, planId: scheduled.planId },
    seats: { now: seat?.bought ?? 0, next: seat?.boughtNext ?? 0 },
    packs: { now: pack?.quantity ?? 0, next: pack?.quantityNext ?? 0 },
    ips: ips.map(({ id, agentId, endsAt }) => ({ id, agentId, isRemoved: endsAt !== null })),
  };
}

function plainModel(model: SubscriptionModel) {
  const { planId, interval, status, contract, periodStartMs, periodEndMs, scheduled, seats, packs, ips } =
    model;
  return {
    planId,
    // What costs nothing is charged by no interval.
    interval: model.terms.month === 0 ? null : interval,
    status,
    trialEndMs: status === 'trial' ? model.trialEndMs : null,
    contract,
    periodStartMs,
    periodEndMs,
    scheduled: scheduled && { kind: scheduled.kind, planId: scheduled.planId },
    seats: { ...seats },
    packs: { ...packs },
    ips: ips.map((ip) => ({ ...ip })),
  };
}

/** Cents by the instant at which they are due; what comes to nothing together is left out. */
function byInstant(due: readonly { atMs: number; cents: number }[]): [number, number][] {
  const sums = new Map<number, number>();
  for (const { atMs, cents } of due) sums.set(atMs, (sums.get(atMs) ?? 0) + cents);
  return [...sums].filter(([, cents]) => cents !== 0).sort(([one], [other]) => one - other);
}

const without = (told: unknown, ...fields: string[]): unknown =>
  JSON.parse(JSON.stringify(told, (key, value) => (fields.includes(key) ? undefined : value)));

/**
 * Runs a history on an account of its own on every store, and on the plain model. All of them have to agree after each step: on states,
 * amounts, refusals and ids, and every preview with what the change then does. Closes the stores.
 */
export async function runHistory(
  opened: readonly Store[],
  accountId: string,
  startsAt: string,
  steps: readonly Step[],
): Promise<void> {
  let nowMs = Date.parse(startsAt);
  const clock = { nowMs: () => nowMs };
  const stores = opened.map((store) => new OnStore(store, clock));
  const [watched] = stores;
  const everywhere = async <Body>(
    cause: string,
    method: string,
    path: string,
    body?: object,
  ): Promise<{ status: number; body: Body }> => {
    const answers = await Promise.all(
      stores.map((store) => store.send<Body>(`${accountId}-${cause}`, method, path, body)),
    );
    const [first, ...others] = answers.map(
      (answer): Told => without(answer, 'requestId', 'recordedAt') as Told,
    );
    for (const other of others) expect(other).toEqual(first);
    return answers[0] as { status: number; body: Body };
  };

  await everywhere('made', 'PUT', `/v1/accounts/${accountId}`, { timeZone: 'UTC' });
  const model = new SubscriptionModel(nowMs);
  let before = await everywhere<Subscription>('read', 'GET', `/v1/accounts/${accountId}/subscription`);
  for (const [index, step] of steps.entries()) {
    const changedAtMs = nowMs;
    if (step.kind === 'move') {
      const targetMs = nowMs + step.ms;
      // One process looks every day, the others are asked again only when all of it is over.
      while (nowMs < targetMs) {
        nowMs = Math.min(nowMs + dayMs, targetMs);
        await watched?.app.commitDue();
      }
      model.advance(nowMs);
    } else if (step.kind === 'use') {
      const { status } = await everywhere(`${index}`, 'POST', '/v1/consume', {
        accountId,
        items: [{ metric: 'runs', quantity: String(step.quantity) }],
      });
      expect(status < 300).toBe(model.use(step.quantity));
    } else {
      const preview = await everywhere<SubscriptionChange>(
        'preview',
        'POST',
        `/v1/accounts/${accountId}/subscription/preview`,
        step.command,
      );
      const [method, path, body] = requestOf(accountId, step.command);
      expect(isCallOf(subscriptionCallOf[step.command.kind], method, path)).toBe(true);
      const done = await everywhere<SubscriptionChangeAnswer>(`${index}`, method, path, body);
      const isDone = model.command(step.command, nowMs);
      expect([preview.status < 300, done.status < 300]).toEqual([isDone, isDone]);
      if (isDone) expect(done.body.change).toEqual(preview.body);
      // The same key again answers the same, and does nothing.
      if (method === 'POST' && isDone) {
        const again = await everywhere<SubscriptionChangeAnswer>(`${index}`, method, path, body);
        expect(again.body.change).toEqual(done.body.change);
      }
    }
    const after = await everywhere<Subscription>('read', 'GET', `/v1/accounts/${accountId}/subscription`);
    expect(plain(after.body)).toEqual(plainModel(model));
    const [had, has] = [before.body, after.body];
    if (has.periodStartsAt !== had.periodStartsAt && step.kind !== 'move')
      expect(Date.parse(has.periodStartsAt)).toBe(changedAtMs);
    if (step.kind === 'move' && has.periodStartsAt !== had.periodStartsAt)
      expect(Date.parse(has.periodStartsAt)).toBeGreaterThanOrEqual(
        Math.min(Date.parse(had.periodEndsAt), Date.parse(had.trialEndsAt ?? had.periodEndsAt)),
      );
    const { body: credits } = await everywhere<{ available: string }>(
      'read',
      'GET',
      `/v1/accounts/${accountId}/credits`,
    );
    expect(Number(credits.available)).toBe(model.credits);
    before = after;
  }

  // A command commits what has fallen due, which may be a notice alone: one process has looked for it, the others have not.
  await everywhere('last', 'PUT', `/v1/accounts/${accountId}`, { timeZone: 'UTC' });
  const histories = await Promise.all(
    stores.map(async (store) => ({
      invoices: await store.pages<Invoice>(`/v1/accounts/${accountId}/invoices`),
      ledger: await store.pages<LedgerEntry>(`/v1/accounts/${accountId}/ledger`),
      activity: await store.pages<{ id: string }>(`/v1/accounts/${accountId}/activity`),
      notices: (await store.pages<Notice>('/v1/notices', `&accountId=${accountId}`)).sort((one, other) =>
        one.id < other.id ? -1 : 1,
      ),
    })),
  );
  const [first, ...others] = histories.map((each) => without(each, 'recordedAt'));
  for (const other of others) expect(other).toEqual(first);
  const [{ invoices, ledger, notices } = { invoices: [], ledger: [], notices: [] }] = histories;
  expect(notices.filter(({ body }) => body.type === 'usage.alert')).toHaveLength(model.told);
  const lines = invoices.flatMap(({ lines, issuedAt }) =>
    lines
      .filter(({ kind }) => kind !== 'balance')
      .map((line) => ({
        ...line,
        atMs: Date.parse(issuedAt ?? ''),
        cents: Math.round(Number(line.amount.amount) * 100),
      })),
  );
  expect(byInstant(lines)).toEqual(byInstant(model.due));
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  expect(new Set(ledger.map(({ id }) => id)).size).toBe(ledger.length);
  expect(new Set(notices.map(({ id }) => id)).size).toBe(notices.length);
  await Promise.all(stores.map((store) => store.close()));
}
