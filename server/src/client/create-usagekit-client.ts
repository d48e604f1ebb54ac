import type { AccountInput } from '../contract/accounts/account.ts';
import type { AnswerOf, JsonOperation, Operation, RequestArguments, RequestOf } from '../contract/api.ts';
import type { GrantRequest } from '../contract/credits/credits.ts';
import type { AccountErasureRequest, MemberErasureRequest } from '../contract/erasures/erasures.ts';
import type { UsageEvent } from '../contract/events/events.ts';
import type { UseRequest } from '../contract/gate/gate.ts';
import type { HoldRequest, SettleRequest } from '../contract/holds/holds.ts';
import { newIdempotencyKey } from '../contract/http/new-idempotency-key.ts';
import type { PageQuery } from '../contract/http/page.ts';
import type { KeyRequest, TokenRequest } from '../contract/keys/keys.ts';
import type { MemberInput } from '../contract/members/members.ts';
import type { AdjustmentRequest } from '../contract/purchases/purchases.ts';
import type { PlanChangeRequest, SubscriptionCommand } from '../contract/subscription/subscription.ts';
import type { TaskChange, TaskQuery, TaskRequest } from '../contract/tasks/tasks.ts';
import { isWebAddress } from '../contract/values/web-address.ts';
import type { VoidRequest } from '../contract/voids/voids.ts';
import { type Refused, refusedOf } from './refused.ts';
import { type Call, callOf, send, type TransportOptions, toApiError } from './transport.ts';

/** Where the server is and how it is asked; `url` and `key` are needed. */
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

/** A gate's answer: the accepted use, or the refusal. */
export type Gated<Answer> = ({ readonly allowed: true } & Answer) | Refused;

/** Options of a call. */
export interface CallOptions {
  /**
   * Ends the call, which then throws `aborted`. A change may have been made all the same: the same call under the same
   * `idempotencyKey` tells, and makes it at most once.
   */
  signal?: AbortSignal | undefined;
}

/** Options of a call that moves value. */
export interface ChangeOptions extends CallOptions {
  /** Made by the client, time-ordered, where it is left out. Pass your own to be safe over a restart of your process too. */
  idempotencyKey?: string;
}

/**
 * The client for a host's backend. Every call is retried where that is safe, under one idempotency key; a refusal by
 * the gate is a value, everything else that fails throws `UsageKitApiError`.
 * @throws TypeError where `url` or `key` is missing, or `url` is no http or https address.
 *
 * @example
 * const usage = createUsageKitClient({ url: 'http://127.0.0.1:4310', key: process.env.USAGEKIT_KEY });
 * const run = await usage.consume({ accountId: 'acme', items: [{ model: 'swift-1' }] });
 * if (!run.allowed) return toHostResponse(run, { viewer: { role: 'member' } });
 */
export function createUsageKitClient(options: UsageKitClientOptions) {
  for (const name of ['url', 'key'] as const)
    if (typeof options[name] !== 'string')
      throw new TypeError(
        `createUsageKitClient: ${name} is missing. It takes { url, key }: the server's address, such as http://127.0.0.1:4310, and a secret key.`,
      );
  if (!isWebAddress(options.url))
    throw new TypeError(
      `createUsageKitClient: url '${options.url}' is no address; one such as http://127.0.0.1:4310 is.`,
    );
  const transport: TransportOptions = {
    url: options.url.replace(/\/+$/, ''),
    key: options.key,
    fetch: options.fetch ?? globalThis.fetch.bind(globalThis),
    timeoutMs: options.timeoutMs ?? 10_000,
    retriesMax: options.retriesMax ?? 2,
    delay: options.delay ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms))),
  };

  async function answerTo<Key extends Operation>(call: Call<Key>): Promise<AnswerOf<Key>> {
    const reply = await send(transport, call);
    if (reply.status >= 400) throw toApiError(reply);
    return reply.body as AnswerOf<Key>;
  }

  function request<Key extends JsonOperation>(
    key: Key,
    ...given: [...RequestArguments<Key>, options?: CallOptions]
  ): Promise<AnswerOf<Key>> {
    const [sent, options] = given as unknown as [sent?: Partial<RequestOf<Key>>, options?: CallOptions];
    return answerTo({ ...callOf(key, sent), signal: options?.signal });
  }

  async function gate<Key extends GateOperation>(
    key: Key,
    sent: Partial<RequestOf<Key>>,
    { idempotencyKey = newIdempotencyKey(), signal }: ChangeOptions = {},
  ): Promise<Gated<AnswerOf<Key>>> {
    const reply = await send(transport, { ...callOf(key, sent), idempotencyKey, signal });
    if (reply.status < 400) return { allowed: true, ...(reply.body as AnswerOf<Key>) };
    const refused = refusedOf(reply);
    if (refused === null) throw toApiError(reply);
    return refused;
  }

  /** A change that no gate refuses, under the caller's key or one of its own. */
  function change<Key extends JsonOperation>(
    key: Key,
    sent: Omit<RequestOf<Key>, 'idempotencyKey'>,
    { idempotencyKey = newIdempotencyKey(), signal }: ChangeOptions = {},
  ): Promise<AnswerOf<Key>> {
    return answerTo({ ...callOf(key, sent as Partial<RequestOf<Key>>), idempotencyKey, signal });
  }

  return {
    /**
     * Makes an account; one that exists stays as it is. Safe to call at every start and sign-up: a plan that was chosen since is
     * never changed.
     */
    ensureAccount: (accountId: string, input: AccountInput = {}) =>
      request('PUT /v1/accounts/:accountId', {
        params: { accountId },
        query: { existing: 'keep' },
        body: input,
      }),
    /** Makes a member; one that exists keeps its role, its name and its allocations. Safe to call at every start and sign-in. */
    ensureMember: (accountId: string, memberId: string, input: MemberInput = {}) =>
      request('PUT /v1/accounts/:accountId/members/:memberId', {
        params: { accountId, memberId },
        query: { existing: 'keep' },
        body: input,
      }),
    /**
     * Makes an account or changes the given fields, by the same rule each time. A `planId` other than the account's changes the
     * plan at once, also downwards, with what that charges and gives back: use `ensureAccount` for what runs at each start.
     */
    putAccount: (accountId: string, input: AccountInput = {}) =>
      request('PUT /v1/accounts/:accountId', { params: { accountId }, body: input }),
    /** Makes a member or sets the given fields to these values again. */
    putMember: (accountId: string, memberId: string, input: MemberInput = {}) =>
      request('PUT /v1/accounts/:accountId/members/:memberId', {
        params: { accountId, memberId },
        body: input,
      }),
    /** Removes a member: tokens and keys are refused at once, history keeps a pseudonym. */
    removeMember: (accountId: string, memberId: string) =>
      request('DELETE /v1/accounts/:accountId/members/:memberId', { params: { accountId, memberId } }),
    /** A token for the signed-in member's browser, or without a member for a public visitor's. */
    createToken: (token: TokenRequest) => request('POST /v1/tokens', { body: token }),
    createKey: (key: KeyRequest) => request('POST /v1/keys', { body: key }),

    /** Would it pass? Changes nothing. */
    check: (use: UseRequest, options?: CallOptions) => request('POST /v1/check', { body: use }, options),
    /** The gate: decides, debits and records in one call that is durable once answered. */
    consume: (use: UseRequest, options?: ChangeOptions) => gate('POST /v1/consume', { body: use }, options),
    createHold: (hold: HoldRequest, options?: ChangeOptions) =>
      gate('POST /v1/holds', { body: hold }, options),
    settleHold: (holdId: string, settle: SettleRequest, options?: ChangeOptions) =>
      change('POST /v1/holds/:holdId/settle', { params: { holdId }, body: settle }, options),
    releaseHold: (holdId: string, accountId: string, options?: ChangeOptions) =>
      change('POST /v1/holds/:holdId/release', { params: { holdId }, body: { accountId } }, options),
    createTask: (task: TaskRequest, options?: ChangeOptions) =>
      gate('POST /v1/tasks', { body: task }, options),
    changeTask: (taskId: string, change: TaskChange, options?: ChangeOptions) =>
      gate('PATCH /v1/tasks/:taskId', { params: { taskId }, body: change }, options),
    listTasks: (query: TaskQuery) => request('GET /v1/tasks', { query }),

    /** Reports up to 1,000 facts; each is idempotent by its own id. */
    reportEvents: (events: UsageEvent[], options?: ChangeOptions) =>
      // The server knows each event by its id; the key lets the transport send them again.
      change('POST /v1/events', { body: { events } }, options),
    grant: (accountId: string, grant: GrantRequest, options?: ChangeOptions) =>
      change('POST /v1/accounts/:accountId/grants', { params: { accountId }, body: grant }, options),
    adjust: (accountId: string, adjustment: AdjustmentRequest, options?: ChangeOptions) =>
      change(
        'POST /v1/accounts/:accountId/adjustments',
        { params: { accountId }, body: adjustment },
        options,
      ),

    /** Takes back a use that was reported by mistake, once: its counts, credits and place in history. */
    voidUse: (accountId: string, voided: VoidRequest, options?: ChangeOptions) =>
      change('POST /v1/accounts/:accountId/voids', { params: { accountId }, body: voided }, options),

    /**
     * Erases an account with all its members: names, addresses and ids give way to pseudonyms, figures stay. Look for the proof by
     * `erasure` where the answer says that it is under way.
     */
    eraseAccount: (accountId: string, order: AccountErasureRequest = {}, options?: ChangeOptions) =>
      change('POST /v1/accounts/:accountId/erase', { params: { accountId }, body: order }, options),
    /** Erases one member; the id, used again, is a new member's. */
    eraseMember: (
      accountId: string,
      memberId: string,
      order: MemberErasureRequest = {},
      options?: ChangeOptions,
    ) =>
      change(
        'POST /v1/accounts/:accountId/members/:memberId/erase',
        { params: { accountId, memberId }, body: order },
        options,
      ),
    /** How far an erasure is, or its proof. */
    erasure: (erasureId: string) => request('GET /v1/erasures/:erasureId', { params: { erasureId } }),

    subscription: (accountId: string) =>
      request('GET /v1/accounts/:accountId/subscription', { params: { accountId } }),
    /** Previews a subscription command with exact amounts and dates; changes nothing. */
    previewSubscription: (accountId: string, command: SubscriptionCommand) =>
      request('POST /v1/accounts/:accountId/subscription/preview', { params: { accountId }, body: command }),
    /** To more at once, to less when the period ends. With `expectedTotal` it is refused where it costs more than that by now. */
    changePlan: (accountId: string, plan: PlanChangeRequest, options?: ChangeOptions) =>
      change(
        'POST /v1/accounts/:accountId/subscription/change',
        { params: { accountId }, body: plan },
        options,
      ),
    cancelSubscription: (accountId: string, options?: ChangeOptions) =>
      change('POST /v1/accounts/:accountId/subscription/cancel', { params: { accountId } }, options),
    resumeSubscription: (accountId: string, options?: ChangeOptions) =>
      change('POST /v1/accounts/:accountId/subscription/resume', { params: { accountId } }, options),

    /** Newest first, credit notes too. */
    listInvoices: (accountId: string, query: PageQuery = {}) =>
      request('GET /v1/accounts/:accountId/invoices', { params: { accountId }, query }),
    /** The upcoming invoice, and the amount owed. */
    upcomingInvoice: (accountId: string) =>
      request('GET /v1/accounts/:accountId/invoices/upcoming', { params: { accountId } }),
    /** Charges the amount due of an invoice now; if a charge is under way, that charge is the answer. */
    payInvoice: (accountId: string, invoiceId: string) =>
      request('POST /v1/accounts/:accountId/invoices/:invoiceId/pay', { params: { accountId, invoiceId } }),
    listCharges: (accountId: string, query: PageQuery = {}) =>
      request('GET /v1/accounts/:accountId/charges', { params: { accountId }, query }),
    /** Withdraws the change that a charge waits to be confirmed for; refused where it was confirmed meanwhile. */
    withdrawCharge: (accountId: string, chargeId: string) =>
      request('POST /v1/accounts/:accountId/charges/:chargeId/withdraw', { params: { accountId, chargeId } }),

    summary: (accountId: string) => request('GET /v1/accounts/:accountId/summary', { params: { accountId } }),
    /** Why work is blocked, if it is: tasks, then usage, then billing, with remedies. */
    diagnosis: (accountId: string) =>
      request('GET /v1/accounts/:accountId/diagnosis', { params: { accountId } }),
    credits: (accountId: string) => request('GET /v1/accounts/:accountId/credits', { params: { accountId } }),
    models: (accountId?: string) =>
      request('GET /v1/models', accountId === undefined ? {} : { query: { accountId } }),

    /**
     * Any call of the API by its method and address, with the types of the contract. What moves value asks for an
     * `idempotencyKey`, from `newIdempotencyKey`: the same over retries.
     *
     * @example
     * const page = await usage.request('GET /v1/accounts/:accountId/ledger', { params: { accountId: 'acme' } });
     */
    request,
  };
}

/** Calls that are refused by a gate. */
type GateOperation = 'POST /v1/consume' | 'POST /v1/holds' | 'POST /v1/tasks' | 'PATCH /v1/tasks/:taskId';

/** The client for backends. */
export type UsageKitClient = ReturnType<typeof createUsageKitClient>;
