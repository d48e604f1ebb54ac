import type { CreatedKey, KeyRequest, Token, TokenRequest } from '../contract/access.ts';
import type { Account, AccountInput, Member, MemberInput } from '../contract/account.ts';
import type { ModelList } from '../contract/catalog.ts';
import type { Credits, GrantAnswer, GrantRequest } from '../contract/credits.ts';
import type { Diagnosis } from '../contract/diagnosis.ts';
import type { EventsAnswer, UsageEvent } from '../contract/events.ts';
import type { CheckAnswer, ConsumeAnswer, UseRequest } from '../contract/gate.ts';
import type { HoldAnswer, HoldRequest, SettleRequest } from '../contract/holds.ts';
import { newIdempotencyKey } from '../contract/new-idempotency-key.ts';
import type { Page } from '../contract/page.ts';
import { paths } from '../contract/paths.ts';
import type { AdjustmentAnswer, AdjustmentRequest } from '../contract/purchases.ts';
import type {
  PlanChange,
  Subscription,
  SubscriptionChange,
  SubscriptionChangeAnswer,
  SubscriptionCommand,
} from '../contract/subscription.ts';
import type { Summary } from '../contract/summary.ts';
import type { Task, TaskChange, TaskQuery, TaskRequest } from '../contract/tasks.ts';
import { type Refused, refusedOf } from './refused.ts';
import { type Call, send, type TransportOptions, toApiError } from './transport.ts';

export interface UsageKitClientOptions {
  /** The server's address, such as `https://usage.example.com`; a path prefix is kept. */
  url: string;
  /** A secret key. It must never reach a browser. */
  key: string;
  /** The global one by default. */
  fetch?: typeof globalThis.fetch;
  /** For one try, in milliseconds; 10,000 by default. */
  timeoutMs?: number;
  /** Further tries after one without an answer or with a 5xx; 2 by default. */
  retriesMax?: number;
  /** How to wait between tries; for tests. */
  delay?: (ms: number) => Promise<void>;
}

/** A gate's answer: what was let through, or why it was not. */
export type Gated<Answer> = ({ readonly allowed: true } & Answer) | Refused;

/** Options of a call that moves value. */
export interface ChangeOptions {
  /** Made by the client, time-ordered, where it is left out. Pass your own to be safe over a restart of your process too. */
  idempotencyKey?: string;
}

/**
 * The client for a host's backend. Every call is retried where that is safe, under one idempotency key; a refusal by
 * the gate is a value, everything else that fails throws `UsageKitApiError`.
 *
 * @example
 * const usage = createUsageKitClient({ url: 'http://127.0.0.1:4310', key: process.env.USAGEKIT_KEY });
 * const run = await usage.consume({ accountId: 'acme', items: [{ model: 'swift-1' }] });
 * if (!run.allowed) return toHostResponse(run, { viewer: { role: 'member' } });
 */
export function createUsageKitClient(options: UsageKitClientOptions) {
  const transport: TransportOptions = {
    url: options.url.replace(/\/+$/, ''),
    key: options.key,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    timeoutMs: options.timeoutMs ?? 10_000,
    retriesMax: options.retriesMax ?? 2,
    delay: options.delay ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
  };

  async function request<Answer>(call: Call): Promise<Answer> {
    const reply = await send(transport, call);
    if (reply.status >= 400) throw toApiError(reply);
    return reply.body as Answer;
  }

  /** A POST or PATCH that moves value, under a key of its own. */
  function change<Answer>(
    call: Omit<Call, 'idempotencyKey'>,
    { idempotencyKey = newIdempotencyKey() }: ChangeOptions = {},
  ): Promise<Answer> {
    return request<Answer>({ ...call, idempotencyKey });
  }

  async function gate<Answer>(
    call: Omit<Call, 'idempotencyKey'>,
    { idempotencyKey = newIdempotencyKey() }: ChangeOptions = {},
  ): Promise<Gated<Answer>> {
    const reply = await send(transport, { ...call, idempotencyKey });
    if (reply.status < 400) return { allowed: true, ...(reply.body as Answer) };
    const refused = refusedOf(reply);
    if (refused === null) throw toApiError(reply);
    return refused;
  }

  const post = (path: string, body: unknown) => ({ method: 'POST', path, body }) as const;

  return {
    /** Makes an account or changes the given fields; safe to repeat. */
    putAccount: (accountId: string, input: AccountInput = {}) =>
      request<Account>({ method: 'PUT', path: paths.account(accountId), body: input }),
    putMember: (accountId: string, memberId: string, input: MemberInput = {}) =>
      request<Member>({ method: 'PUT', path: paths.member(accountId, memberId), body: input }),
    /** A token for the signed-in member's browser, or without a member for a public visitor's. */
    createToken: (token: TokenRequest) => request<Token>(post(paths.tokens, token)),
    createKey: (key: KeyRequest) => request<CreatedKey>(post(paths.keys, key)),

    /** Would it pass? Changes nothing. */
    check: (use: UseRequest) => request<CheckAnswer>(post(paths.check, use)),
    /** The gate: decides, debits and records in one call that is durable once answered. */
    consume: (use: UseRequest, change?: ChangeOptions) =>
      gate<ConsumeAnswer>(post(paths.consume, use), change),
    createHold: (hold: HoldRequest, change?: ChangeOptions) =>
      gate<HoldAnswer>(post(paths.holds, hold), change),
    settleHold: (holdId: string, settle: SettleRequest, options?: ChangeOptions) =>
      change<HoldAnswer>(post(paths.settleHold(holdId), settle), options),
    releaseHold: (holdId: string, accountId: string, options?: ChangeOptions) =>
      change<HoldAnswer>(post(paths.releaseHold(holdId), { accountId }), options),
    createTask: (task: TaskRequest, change?: ChangeOptions) => gate<Task>(post(paths.tasks, task), change),
    changeTask: (taskId: string, task: TaskChange, change?: ChangeOptions) =>
      gate<Task>({ method: 'PATCH', path: paths.task(taskId), body: task }, change),
    listTasks: (query: TaskQuery) => request<Page<Task>>({ method: 'GET', path: paths.tasks, query }),

    /** Reports up to 1,000 facts; each is idempotent by its own id. */
    reportEvents: (events: UsageEvent[], options?: ChangeOptions) =>
      change<EventsAnswer>(post(paths.events, { events }), options),
    grant: (accountId: string, grant: GrantRequest, options?: ChangeOptions) =>
      change<GrantAnswer>(post(paths.grants(accountId), grant), options),
    adjust: (accountId: string, adjustment: AdjustmentRequest, options?: ChangeOptions) =>
      change<AdjustmentAnswer>(post(paths.adjustments(accountId), adjustment), options),

    subscription: (accountId: string) =>
      request<Subscription>({ method: 'GET', path: paths.subscription(accountId) }),
    /** What a command on the subscription would do, in exact amounts and dates; changes nothing. */
    previewSubscription: (accountId: string, command: SubscriptionCommand) =>
      request<SubscriptionChange>(post(paths.subscriptionPreview(accountId), command)),
    /** To more at once, to less when the period ends. */
    changePlan: (accountId: string, plan: PlanChange, options?: ChangeOptions) =>
      change<SubscriptionChangeAnswer>(post(paths.subscriptionChange(accountId), plan), options),
    cancelSubscription: (accountId: string, options?: ChangeOptions) =>
      change<SubscriptionChangeAnswer>(
        { method: 'POST', path: paths.subscriptionCancel(accountId) },
        options,
      ),
    resumeSubscription: (accountId: string, options?: ChangeOptions) =>
      change<SubscriptionChangeAnswer>(
        { method: 'POST', path: paths.subscriptionResume(accountId) },
        options,
      ),

    summary: (accountId: string) => request<Summary>({ method: 'GET', path: paths.summary(accountId) }),
    /** Why work is blocked, if it is: tasks, then usage, then billing, and what helps. */
    diagnosis: (accountId: string) => request<Diagnosis>({ method: 'GET', path: paths.diagnosis(accountId) }),
    credits: (accountId: string) => request<Credits>({ method: 'GET', path: paths.credits(accountId) }),
    models: (accountId?: string) =>
      request<ModelList>({
        method: 'GET',
        path: paths.models,
        ...(accountId === undefined ? {} : { query: { accountId } }),
      }),
  };
}

export type UsageKitClient = ReturnType<typeof createUsageKitClient>;
