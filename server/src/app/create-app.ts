import { type Context, Hono } from 'hono';
import type { CatalogConfig } from '../contract/catalog/catalog.ts';
import type { ErrorCode } from '../contract/http/errors.ts';
import { createGroupCommit } from '../store/group-commit/group-commit.ts';
import { leaseNames } from '../store/lease-names.ts';
import { AccountClock } from './accounts/account-clock.ts';
import { DueCommitter, dueLagSeconds } from './accounts/commit-due.ts';
import type { AppOptions, Log, Schedule } from './app-options.ts';
import { type Actor, AuditTrail } from './audit/audit-trail.ts';
import { withAcceptedLanguage } from './callers/accepted-language.ts';
import { AttemptBudget } from './callers/attempt-budget.ts';
import { Authenticator } from './callers/authenticate.ts';
import { Keys } from './callers/keys.ts';
import { type Operator, resumeOperator, signInOperator } from './callers/operator.ts';
import { signWithWebCrypto } from './callers/sign-with-web-crypto.ts';
import { Tokens } from './callers/tokens.ts';
import { Catalogs } from './catalog/catalogs.ts';
import { Erasures } from './erasures/erasures.ts';
import { RecentRefusals } from './gate/recent-refusals.ts';
import { OpenapiDocument } from './http/openapi/openapi-document.ts';
import { AppError } from './http/reply/problem.ts';
import type { Reply } from './http/reply/reply.ts';
import { type CalledRequest, PlatformRequest } from './http/request/called-request.ts';
import { RequestLog } from './http/request-log.ts';
import {
  answer,
  type Incoming,
  preflightResponse,
  respond,
  respondError,
  respondNotFound,
} from './http/respond.ts';
import type { Route } from './http/route.ts';
import { ChangeHub, type Channel } from './live/change-hub.ts';
import { OutageLog } from './log/outage-log.ts';
import { Deliverer } from './notices/deliverer.ts';
import { Pairings } from './pairings/pairings.ts';
import { PaymentDesk } from './purchases/payment-desk.ts';
import { forgetOld } from './retention/forget-old.ts';
import { retentionOf } from './retention/retention.ts';
import { routes } from './routes/routes.ts';
import { type AppStatus, noMetrics } from './server-metrics/metrics.ts';
import type { Services } from './services.ts';
import { SetAsideWatch } from './set-aside-watch.ts';
import { sweepStored } from './sweep-stored.ts';
import { UnpricedWatch } from './unpriced/unpriced-watch.ts';
import { UnreadableWatch } from './unreadable-watch.ts';

export type { AppOptions, Clock, Hash, Log, Schedule, Sign } from './app-options.ts';
export type { Operator } from './callers/operator.ts';
export { CatalogError } from './catalog/catalogs.ts';
export { findCatalogMistakes } from './catalog/find-catalog-mistakes.ts';
export type { Reply } from './http/reply/reply.ts';
export type { CalledRequest } from './http/request/called-request.ts';
export type { Channel } from './live/change-hub.ts';
export type { MailMessage, NoticeTransport, WebhookMessage } from './notices/notice-transport.ts';
export type { AppStatus, Metrics } from './server-metrics/metrics.ts';

/** Answers one request, and gives what the answer is made of. */
export type Answerer = (request: CalledRequest, address: string | null) => Promise<Reply>;

/** The metering server. Every method may be called at any time and by several callers at once. */
export interface App {
  /**
   * Answers one request. Needs no port: a test, a mock or a service worker calls it as a function. By the address that it came
   * from, where one is given, wrong keys are bounded.
   */
  fetch(request: Request, address?: string | null): Promise<Response>;
  /**
   * What answers requests of this method and address as `fetch` would, for a server that reads a whole request by itself: a consume
   * takes an eighth less of the thread's time without a `Request` and a `Response`. Undefined for everything but `POST` with a body in
   * JSON at an address without parameters, which `fetch` answers.
   */
  answererOf(method: string, path: string): Answerer | undefined;
  /** Answers input that cannot become a `Request`, such as an unreadable address, with an error like any other. */
  refuse(code: ErrorCode, detail: string): Response;
  /** Resolves when the catalog is in place; rejects with CatalogError where the one that was handed in is wrong. */
  ready(): Promise<void>;
  /** Whether the database has no key that this server's mode takes: in test mode none at all, in live mode no live key. */
  hasNoKeys(): Promise<boolean>;
  /** Makes a key as `POST /v1/keys` does, for programs that run with the server. */
  createSecretKey(label: string): Promise<string>;
  /**
   * Finds out who works with a secret key by hand, and keeps in the audit that they came.
   * @throws AppError `invalid_credentials` where the key is wrong or of the other mode, `too_many_attempts`, `expired_credentials`.
   */
  signIn(
    secret: string,
    by: {
      readonly address: string | null /** A name for the session in the audit. */;
      readonly session: string;
    },
  ): Promise<Operator>;
  /**
   * The operator of a sign-in that any process of the installation let in; null where it was ended.
   * @throws AppError as `signIn`: a key that was revoked opens nothing any more.
   */
  resumeSignIn(
    secret: string,
    by: { readonly address: string | null; readonly signInId: string },
  ): Promise<Operator | null>;
  /**
   * Opens a channel of changes for a token, as the WebSocket does; `GET .../stream` is the same over HTTP.
   * @throws AppError where the token is not valid or may not read.
   */
  connect(
    token: string,
    headers: { readonly origin: string | null; readonly acceptLanguage: string | null },
    channel: Pick<Channel, 'send' | 'close'>,
  ): Promise<() => void>;
  /** The log that it was handed, where an outage of the store has one line at its beginning and one at its end. */
  readonly log: Log;
  /** Present values, for gauges. */
  status(): AppStatus;
  /** Commits what has fallen due, found by an index: cheap where nothing has. Called every second or so. */
  commitDue(): Promise<void>;
  /** Sends the notices that are due. They are on their way when it resolves; called every second or so. */
  deliver(): Promise<void>;
  /** Takes up a new catalog of another process, commits what has fallen due, forgets what was kept long enough. Called now and then. */
  tick(): Promise<void>;
  /** Ends every stream and socket, as before a stop: they would never end by themselves. */
  endStreams(): void;
  /** Answers the accepted requests, refuses later ones and ends streams. The store stays open. */
  close(): Promise<void>;
}

/** Every call of the API by its method and address, such as `GET /v1/accounts/:accountId/credits`. */
export const operationKeys: readonly string[] = routes.map(({ method, path }) => `${method} ${path}`);

const silent: Log = { info() {}, warn() {}, error() {} };

const platformSchedule: Schedule = (run, delayMs) => {
  const timer = setTimeout(run, delayMs);
  // A beat that is still to come must not keep a process alive.
  if (typeof timer === 'object' && 'unref' in timer) (timer as { unref(): void }).unref();
  return () => clearTimeout(timer);
};

/**
 * The metering server as a function from Request to Response, over whatever store it is given. It uses Web APIs only,
 * asks nothing for the time but the clock it was handed, and writes nothing to the console.
 *
 * @example
 * const app = createApp({ store: createMemoryStore(), clock: { nowMs: () => Date.now() }, newId: crypto.randomUUID, catalog });
 * const response = await app.fetch(new Request('http://localhost/v1/meta'));
 */
export function createApp(options: AppOptions): App {
  const services = createServices(options);
  const { catalogs } = services;
  const hono = new Hono<{ Bindings: Pick<Incoming, 'address'> }>({ strict: true });
  const incomingOf = (context: Context<{ Bindings: Pick<Incoming, 'address'> }>): Incoming => ({
    request: new PlatformRequest(context.req.raw),
    address: context.env.address,
  });
  for (const route of routes)
    hono.on(route.method, route.path, (context) =>
      // Hono brings a HEAD to its GET route.
      route.head === 'refused' && context.req.raw.method === 'HEAD'
        ? respondNotFound(services, incomingOf(context), [route.method])
        : respond(services, route, incomingOf(context), context.req.param()),
    );
  hono.notFound((context) => respondNotFound(services, incomingOf(context), methodsAt(context.req.path)));

  // Another process may have put a catalog. Decisions notice that at the commit; reads notice it here.
  services.store.subscribe((changed) => {
    if (changed !== 'all') return;
    catalogs.refresh().then(
      () => services.hub.touchAll(),
      (error: unknown) => services.log.error({ err: error }, 'The catalog could not be read'),
    );
  });

  /** As the last tick found it. */
  let dueLag = 0;
  let isReady = false;
  let isClosed = false;
  let sweeping: Promise<void> | undefined;
  const ready = (async () => {
    if (options.catalog === undefined) await catalogs.refresh();
    else await putAtStart(services, options.catalog);
    await services.setAside.look();
    isReady = true;
    // Work that a process left in the middle begins now and not with the next tick.
    if (options.readOnly !== true) void services.erasures.resume();
  })();
  // Whoever awaits it gets the error; nobody has to.
  ready.catch(() => {});

  return {
    async fetch(request, address = null) {
      if (!isReady) await ready;
      if (request.method === 'OPTIONS') return preflightResponse();
      const plain = plainRoutes.get(`${request.method} ${pathOf(request.url)}`);
      if (plain !== undefined)
        return respond(services, plain, { request: new PlatformRequest(request), address }, {});
      return hono.fetch(request, { address });
    },
    answererOf(method, path) {
      const route = method === 'POST' ? plainRoutes.get(`POST ${path}`) : undefined;
      if (route?.description?.body === undefined) return undefined;
      return (request, address) =>
        isReady
          ? answer(services, route, { request, address }, {})
          : ready.then(() => answer(services, route, { request, address }, {}));
    },
    refuse: (code, detail) => respondError(services, new AppError(code, detail)),
    ready: () => ready,
    async hasNoKeys() {
      if (options.mode === 'live') return !(await services.keys.hasLiveKey());
      const { items, unreadable = [] } = await services.store.listKeys({ limit: 1 });
      return items.length + unreadable.length === 0;
    },
    async createSecretKey(label) {
      const { record, secret } = await services.keys.create({
        kind: 'secret',
        label,
        accountId: null,
        memberId: null,
      });
      await services.audit.note('start', atStart, { keyId: record.id, label });
      return secret;
    },
    async signIn(secret, by) {
      await ready;
      return signInOperator(services, secret, by);
    },
    async resumeSignIn(secret, by) {
      await ready;
      return resumeOperator(services, secret, by);
    },
    async connect(token, { origin, acceptLanguage }, channel) {
      await ready;
      const reader = await readerOf(services, token, origin);
      const caller = withAcceptedLanguage(reader, acceptLanguage);
      return services.hub.open({ caller, accountId: caller.accountId, ...channel });
    },
    async commitDue() {
      await ready;
      await endOutage(services);
      await services.due.run();
      await services.unpriced.sweep();
    },
    async deliver() {
      await ready;
      await services.notices.run();
    },
    log: services.log,
    status: () => ({
      commandsWaiting: services.commit.depth,
      streamsOpen: services.hub.size,
      setAside: services.setAside.count,
      unreadable: services.unreadable.rows.length,
      dueLagSeconds: dueLag,
      store: services.store.stats(),
    }),
    async tick() {
      await ready;
      const startedAtMs = services.stopwatchMs();
      await catalogs.refresh();
      await services.setAside.look();
      dueLag = await dueLagSeconds(services);
      if (options.readOnly === true) return;
      await services.due.run();
      await forgetOld(services);
      await services.payments.settleOrdered(services);
      // Nobody waits for it.
      sweeping ??= sweepStored(services, () => isClosed).finally(() => {
        sweeping = undefined;
      });
      await services.erasures.resume();
      services.metrics.tick((services.stopwatchMs() - startedAtMs) / 1_000);
    },
    endStreams: () => services.hub.close(),
    async close() {
      isClosed = true;
      services.hub.close();
      await services.notices.stop();
      await services.erasures.stop();
      await sweeping;
      await services.payments.idle();
      await services.commit.drain();
      await giveUpLeases(services);
    },
  };
}

/** What this process did for all on the database, another one goes on with at once, and not when the lease would have ended. */
async function giveUpLeases({ store, processId }: Services): Promise<void> {
  try {
    for (const name of leaseNames) await store.takeLease(name, processId, 0);
  } catch {
    // A database that is not there any more keeps no server from its end, and the leases end by themselves.
  }
}

/** Nothing but a read and a write that succeed show that an outage is over: a full disk can still be read. */
async function endOutage({ store, log }: Services): Promise<void> {
  if (!log.isOutage) return;
  await store.readCatalog();
  await store.probe();
  log.storeAnswered();
}

const atStart: Actor = { kind: 'configuration', keyId: null, name: 'start' };

/**
 * Routes without parameters, by method and path. The busiest are among them, a consume first of all, and to look them up here saves
 * about 2 kB of garbage a request. Hono finds every other one.
 */
const plainRoutes: ReadonlyMap<string, Route> = new Map(
  routes
    .filter(({ path }) => !path.includes(':') && !path.includes('*'))
    .map((route) => [`${route.method} ${route.path}`, route]),
);

/** As it stands in the address, before any decoding. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  const end = url.slice(start).search(/[?#]/);
  return end === -1 ? url.slice(start) : url.slice(start, start + end);
}

async function putAtStart(services: Services, config: CatalogConfig): Promise<void> {
  const { catalogs, store, audit } = services;
  const before = await store.readCatalog();
  const { version } = await catalogs.put(config, services);
  if (version !== (before?.version ?? 0))
    await audit.note('start', atStart, { catalogVersion: String(version) });
}

function createServices(options: AppOptions): Services {
  const { clock, mode = 'test', schedule = platformSchedule } = options;
  const { afterTurn = (flush) => queueMicrotask(flush) } = options;
  const { metrics = noMetrics, stopwatchMs = () => clock.nowMs() } = options;
  const log = new OutageLog(options.log ?? silent, stopwatchMs);
  const unreadable = new UnreadableWatch(log);
  const store = unreadable.watched(options.store);
  const newId = () => options.newId();
  const tokens = new Tokens({
    clock,
    sign: options.sign ?? signWithWebCrypto,
    secret: async () => options.tokenSecret ?? store.readSecret('tokens', () => newSecret()),
    replaceSecret: options.tokenSecret === undefined ? () => store.putSecret('tokens', newSecret()) : null,
  });
  const keys = new Keys({
    store,
    clock,
    newId,
    mode,
    hash: options.hash,
    configured: options.secretKeys ?? [],
    operator: options.operator,
    isReadOnly: options.readOnly === true,
  });
  const runId = newId();
  let requests = 0;
  const services: Services = {
    store,
    commit: createGroupCommit({
      store: options.store,
      schedule: afterTurn,
      stopwatchMs,
      observe: (batch) => {
        if (batch.outcome === 'committed') log.storeAnswered();
        metrics.commit(batch.commands, batch.milliseconds / 1_000, batch.outcome);
      },
    }),
    clock: new AccountClock(store, clock),
    catalogs: new Catalogs(store, clock, log, options.taxFor),
    audit: new AuditTrail(store, clock, log),
    tokens,
    keys,
    pairings: new Pairings({ store, clock, newId, keys }),
    authenticator: new Authenticator(clock, tokens, keys, new AttemptBudget(clock)),
    hub: new ChangeHub(() => services, store),
    refusals: new RecentRefusals(),
    setAside: new SetAsideWatch(store, log),
    unreadable,
    due: new DueCommitter(() => services, runId),
    processId: runId,
    payments: new PaymentDesk(options.payments ?? null),
    unpriced: new UnpricedWatch(() => services),
    erasures: new Erasures(() => services),
    notices: new Deliverer(() => services, runId, options.notices ?? null),
    metrics,
    requestLog: new RequestLog(log, options.requestLogShare ?? 1),
    renderInvoice: options.renderInvoice ?? null,
    copyDatabase: options.copyDatabase ?? null,
    writeArchive: options.writeArchive ?? null,
    writeParquet: options.writeParquet ?? null,
    retention: retentionOf(options.retention ?? {}),
    clockDoubtMs: options.clockDoubtMs ?? (() => 0),
    openapi: new OpenapiDocument(routes),
    log,
    schedule,
    mode,
    version: options.version ?? 'development',
    newId,
    newRequestId() {
      requests += 1;
      return `${runId}-${requests.toString(36)}`;
    },
    nextTurn: () => new Promise((resolve) => afterTurn(resolve)),
    stopwatchMs,
  };
  return services;
}

/** 256 random bits, as the secret that tokens are signed with. */
function newSecret(): string {
  return [...crypto.getRandomValues(new Uint8Array(32))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

async function readerOf(services: Services, token: string, origin: string | null) {
  const caller = await services.authenticator.fromCredentials(token, origin, null);
  if (caller.kind === 'secret_key' || caller.kind === 'visitor')
    throw new AppError('forbidden', 'Only members and their extensions may open a stream');
  return caller;
}

/** The methods that an address takes, for one that came with another. */
function methodsAt(path: string): string[] {
  const parts = path.split('/');
  return routes
    .filter((route) => {
      const pattern = route.path.split('/');
      return (
        pattern.length === parts.length &&
        pattern.every((part, index) => part.startsWith(':') || part === parts[index])
      );
    })
    .map(({ method }) => method);
}
