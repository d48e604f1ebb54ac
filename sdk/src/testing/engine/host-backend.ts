import {
  type Account,
  type AccountInput,
  type AdjustmentAnswer,
  type AdjustmentRequest,
  type ConsumeAnswer,
  type Credits,
  type EventsAnswer,
  type GrantAnswer,
  type GrantRequest,
  headers as headerNames,
  type LedgerEntry,
  type MemberInput,
  type Page,
  type PaymentSession,
  type Problem,
  paths,
  type Task,
  type TaskChange,
  type TaskRequest,
  type Token,
  type TokenRequest,
  type UsageEvent,
  type UseRequest,
} from '@usagekit/server/contract';

/** The calls of a host's backend with its secret key, over the public API. Scenarios and tests are built from them. */
export interface HostBackend {
  /**
   * Any call of the API, with an idempotency key of its own where it changes something.
   * @throws HostBackendError where it is refused.
   */
  send<Answer = unknown>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Makes or changes an account. */
  putAccount(accountId: string, input: AccountInput): Promise<Account>;
  /** Makes or changes a member. */
  putMember(accountId: string, memberId: string, input: MemberInput): Promise<void>;
  /** Gives credits. */
  grant(accountId: string, request: GrantRequest): Promise<GrantAnswer>;
  /** Corrects the balance. */
  adjust(accountId: string, request: AdjustmentRequest): Promise<AdjustmentAnswer>;
  /** Asks the gate and charges. */
  consume(use: UseRequest): Promise<ConsumeAnswer>;
  /** Reports events. */
  report(events: UsageEvent[]): Promise<EventsAnswer>;
  /** Makes a task. */
  startTask(request: TaskRequest): Promise<Task>;
  /** Changes a task. */
  changeTask(taskId: string, change: TaskChange): Promise<Task>;
  /** Reads the balance. */
  credits(accountId: string): Promise<Credits>;
  /** Reads a page of the ledger. */
  ledgerPage(accountId: string, cursor: string | undefined): Promise<Page<LedgerEntry>>;
  /** Enters a card of the sandbox on the payment provider's page. */
  addPaymentMethod(accountId: string, card: string): Promise<void>;
  /** Signs a token for a member. */
  makeToken(request: TokenRequest): Promise<Token>;
}

/** The server refused what a scenario or a test did as the host's backend. */
export class HostBackendError extends Error {
  override readonly name = 'HostBackendError';
  readonly status: number;
  readonly problem: Problem;

  constructor(request: string, status: number, problem: Problem) {
    super(`${request} was answered with ${status} ${problem.code}: ${problem.detail ?? problem.title}`);
    this.status = status;
    this.problem = problem;
  }
}

export interface HostBackendOptions {
  baseUrl: string;
  secretKey: string;
  fetch(request: Request): Promise<Response>;
  newKey(): string | Promise<string>;
}

export function createHostBackend({ baseUrl, secretKey, fetch, newKey }: HostBackendOptions): HostBackend {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(
      new Request(`${baseUrl}${path}`, {
        method,
        headers: {
          Authorization: `Bearer ${secretKey}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
          ...(method !== 'GET' && { [headerNames.idempotencyKey]: await newKey() }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    );
    const answer = response.status === 204 ? undefined : await response.json();
    if (!response.ok) throw new HostBackendError(`${method} ${path}`, response.status, answer as Problem);
    return answer as Answer;
  }

  return {
    send: call,
    adjust: (accountId, request) => call('POST', paths.adjustments(accountId), request),
    putAccount: (accountId, input) => call('PUT', paths.account(accountId), input),
    putMember: (accountId, memberId, input) => call('PUT', paths.member(accountId, memberId), input),
    grant: (accountId, request) => call('POST', paths.grants(accountId), request),
    consume: (use) => call('POST', paths.consume, use),
    report: (events) => call('POST', paths.events, { events }),
    startTask: (request) => call('POST', paths.tasks, request),
    changeTask: (taskId, change) => call('PATCH', paths.task(taskId), change),
    credits: (accountId) => call('GET', paths.credits(accountId)),
    ledgerPage: (accountId, cursor) =>
      call(
        'GET',
        `${paths.ledger(accountId)}?limit=500${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      ),
    async addPaymentMethod(accountId, card) {
      const body = { returnUrl: 'https://app.example.com/billing' };
      const { url } = await call<PaymentSession>('POST', paths.paymentMethodSession(accountId), body);
      const entered = await fetch(new Request(url, { method: 'POST', body: new URLSearchParams({ card }) }));
      if (entered.status !== 303)
        throw new Error(`The sandbox did not take the card ${card} (${entered.status}).`);
    },
    makeToken: (request) => call('POST', paths.tokens, request),
  };
}
