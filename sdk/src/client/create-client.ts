import type {
  Address,
  AnswerAt,
  CatalogView,
  CheckAnswer,
  Credits,
  FilledAddress,
  LedgerEntry,
  ModelList,
  Page,
  PageQuery,
  SeriesQuery,
  Subscription,
  Summary,
  Task,
  TaskQuery,
  Usage,
  UsageSeries,
  UseRequest,
  Whoami,
} from '@usagekit/server/contract';
import { explainFailure } from './explain-failure.ts';
import {
  type OutgoingRequest,
  type RequestAt,
  type RequestContext,
  readProblem,
  requestJson,
  sendRequest,
} from './send-request.ts';
import { createTokenSource, type GetToken, type Session, type TokenSource } from './token-source.ts';
import type { UsageKitError } from './usagekit-error.ts';

/** In the place of `process.env.NODE_ENV` bundlers put its value. */
declare const process: { env: { NODE_ENV?: string } };

/** Where answers come from and how the token is had; only `baseUrl` is needed. */
export interface ClientOptions {
  /** Where the UsageKit server answers, such as `https://usage.example.com`, or the path of the host's own proxy for it. */
  baseUrl: string;
  /** Left out where the host's proxy adds the credentials by its cookie. */
  getToken?: GetToken;
  /** @default the global `fetch`, looked up at each request */
  fetch?: typeof globalThis.fetch;
  /**
   * How long a whole answer may take. Streams have no such end.
   * @default 15_000
   */
  timeoutMs?: number;
  /**
   * Told every request that failed, for your monitoring, each try of a repeated one too; not what the caller ended. The widgets show the
   * failure by themselves. With `NODE_ENV` `development` the console also explains each cause once.
   */
  onError?: (error: UsageKitError, request: { method?: string; path: string }) => void;
}

/** What a call may be given in addition. */
export interface CallOptions {
  /** Ends the request, which then rejects with `aborted`. */
  signal?: AbortSignal | undefined;
}

/**
 * Typed calls of what a signed-in user may read. Each resolves with the server's answer or rejects with a `UsageKitError`.
 * A token is asked for once for all calls that wait for it, renewed at 80% of its life and once when the server says 401,
 * and kept in memory only.
 */
export interface UsageKitClient {
  /** Everything that a badge and a popup need. */
  summary(accountId: string, options?: CallOptions): Promise<Summary>;
  /** What the account has used of everything that the plan limits, in this cycle. */
  usage(accountId: string, options?: CallOptions): Promise<Usage>;
  /** A metric over time, in buckets of the time zone of the account. */
  series(accountId: string, query: SeriesQuery, options?: CallOptions): Promise<UsageSeries>;
  /** The balance: grants in the order in which they are used, holds and debt. */
  credits(accountId: string, options?: CallOptions): Promise<Credits>;
  /** Entries of the ledger, the newest first. */
  ledger(accountId: string, query?: PageQuery, options?: CallOptions): Promise<Page<LedgerEntry>>;
  /** The plan, its price and dates, add-ons, seats and settings. */
  subscription(accountId: string, options?: CallOptions): Promise<Subscription>;
  /** Tasks that fit the query, the newest first. */
  tasks(accountId: string, query?: Omit<TaskQuery, 'accountId'>, options?: CallOptions): Promise<Page<Task>>;
  /** One task with its lines. */
  task(accountId: string, taskId: string, options?: CallOptions): Promise<Task>;
  /** Models that the catalog has, and whether the account may use each. */
  models(accountId: string, options?: CallOptions): Promise<ModelList>;
  /** What is sold to the account: plans, packs, add-ons. */
  catalog(accountId: string, options?: CallOptions): Promise<CatalogView>;
  /** Whose token it is and what it may do. */
  whoami(options?: CallOptions): Promise<Whoami>;
  /** The cost of a use, and whether it would pass. Changes nothing. */
  check(use: UseRequest, options?: CallOptions): Promise<CheckAnswer>;
  /**
   * Any other call of the API, whose answer follows from its address where that is one of `paths`. A change goes through
   * `sendChange`, which repeats it under its key.
   */
  request<Path extends Address, Method extends string = 'GET'>(
    request: RequestAt<Path, Method>,
  ): Promise<AnswerAt<Path, Method>>;
  /** The same at an address that is only known as text. */
  request<Answer>(request: OutgoingRequest): Promise<Answer>;
  /** The bytes of an answer that is not JSON, such as a PDF; `accept` names its kind. End it with `signal`. */
  open(request: OutgoingRequest): Promise<ReadableStream<Uint8Array>>;
  /** The account's stream of changes as bytes of `text/event-stream`. It ends with its token; end it with `signal`. */
  openStream(accountId: string, options?: CallOptions): Promise<ReadableStream<Uint8Array>>;
  /** The same server seen by one session, with tokens of its own. */
  withSession(session: Session): UsageKitClient;
  /** Drops the token, as when a user signs out. */
  forget(): void;
}

/**
 * Makes a client. It sends nothing until it is called, and may be made once for the whole page.
 *
 * @example
 * const client = createClient({
 *   baseUrl: 'https://usage.example.com',
 *   getToken: () => fetch('/api/usagekit-token', { method: 'POST' }).then((response) => response.json()),
 * });
 */
export function createClient(options: ClientOptions): UsageKitClient {
  if (typeof options.baseUrl !== 'string') throw new TypeError('createClient: baseUrl is missing');
  return createSessionClient(options, undefined);
}

function createSessionClient(options: ClientOptions, session: Session | undefined): UsageKitClient {
  const tokens: TokenSource | undefined = options.getToken && createTokenSource(options.getToken, session);
  const context: RequestContext = {
    baseUrl: options.baseUrl.replace(/\/+$/, ''),
    fetch: options.fetch ?? ((input, init) => globalThis.fetch(input, init)),
    tokens,
    timeoutMs: options.timeoutMs ?? 15_000,
  };

  // The address determines the type of the answer; the server's tests check its answers against it.
  const get = ((outgoing: OutgoingRequest) =>
    requestJson(context, outgoing).catch(tell(outgoing))) as UsageKitClient['request'];

  /** Passes the failure of a request on after it was told. */
  const tell = (outgoing: OutgoingRequest) => (error: UsageKitError) => {
    if (error.code !== 'aborted') {
      // In a turn of its own, so that what it throws does not take the failure's place.
      queueMicrotask(() => options.onError?.(error, outgoing));
      try {
        if (process.env.NODE_ENV === 'development') explainFailure(error, context.baseUrl, outgoing);
      } catch {
        // A page without a bundler has no `process`.
      }
    }
    throw error;
  };

  /** Gets what stands at an account's own address. */
  const ofAccount =
    <Path extends Address>(path: Path) =>
    (accountId: string, options?: CallOptions): Promise<AnswerAt<Path, 'GET'>> =>
      get({ path: filled(path, accountId), ...options });
  /** Gets a part of what stands at an account's own address. */
  const partOf =
    <Path extends Address>(path: Path) =>
    (accountId: string, query?: object, options?: CallOptions): Promise<AnswerAt<Path, 'GET'>> =>
      get({ path: filled(path, accountId), query, ...options });
  /** Gets what an account is named for in the query. */
  const forAccount =
    <Path extends Address>(path: Path | FilledAddress<Path>) =>
    (accountId: string, options?: CallOptions): Promise<AnswerAt<Path, 'GET'>> =>
      get({ path, query: { accountId }, ...options });
  async function read(outgoing: OutgoingRequest): Promise<ReadableStream<Uint8Array>> {
    const response = await sendRequest(context, outgoing);
    if (!response.ok || !response.body) throw await readProblem(response, outgoing.signal);
    return response.body;
  }
  const open = (outgoing: OutgoingRequest) => read(outgoing).catch(tell(outgoing));

  return {
    summary: ofAccount('/v1/accounts/:accountId/summary'),
    usage: ofAccount('/v1/accounts/:accountId/usage'),
    series: partOf('/v1/accounts/:accountId/usage/series'),
    credits: ofAccount('/v1/accounts/:accountId/credits'),
    ledger: partOf('/v1/accounts/:accountId/ledger'),
    subscription: ofAccount('/v1/accounts/:accountId/subscription'),
    tasks: (accountId, query, options) =>
      get({ path: '/v1/tasks', query: { ...query, accountId }, ...options }),
    task: (accountId, taskId, options) => forAccount(filled('/v1/tasks/:taskId', taskId))(accountId, options),
    models: forAccount('/v1/models'),
    catalog: forAccount('/v1/catalog'),
    whoami: (options) => get({ path: '/v1/whoami', ...options }),
    check: (use, options) => get({ method: 'POST', path: '/v1/check', body: use, ...options }),
    request: get,
    open,
    openStream: (accountId, options) =>
      open({
        path: filled('/v1/accounts/:accountId/stream', accountId),
        accept: 'text/event-stream',
        ...options,
      }),
    withSession: (next) => createSessionClient(options, next),
    forget: () => tokens?.forget(),
  };
}

/** An address with its one parameter in place. `paths` is not imported for it: every page would load how addresses with more are filled. */
const filled = <Path extends Address>(path: Path, value: string) =>
  path.replace(/:\w+/, encodeURIComponent(value)) as FilledAddress<Path>;
