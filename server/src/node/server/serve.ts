import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { type App, type AppOptions, type Clock, createApp, type Log } from '../../app/create-app.ts';
import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import { createSandboxProvider } from '../../payments/sandbox-provider.ts';
import { createStripeProvider, type StripeOptions } from '../../payments/stripe/create-stripe-provider.ts';
import { readOnlyStore } from '../../store/read-only-store.ts';
import { databaseFiles } from '../../store/sqlite/open/database-files.ts';
import type { Store } from '../../store/store.ts';
import { salesWarnings } from '../catalog/sales-warnings.ts';
import { starterCatalog } from '../catalog/starter-catalog.ts';
import { ConfigError } from '../config/config-error.ts';
import { readConsoleFiles } from '../console/console-files.ts';
import { consolePath, createConsole, type OperatorConsole } from '../console/create-console.ts';
import { createLog } from '../create-log.ts';
import { copyDatabaseBeside } from '../database/copy-database.ts';
import {
  databaseFileDefault,
  openExistingStore,
  openStore,
  type StoreLocation,
} from '../database/open-store.ts';
import { writeArchive } from '../exports/write-archive.ts';
import { writeParquet } from '../exports/write-parquet.ts';
import { printInvoice } from '../invoice-pdf/print-invoice.ts';
import type { MailOptions } from '../notices/create-mailer.ts';
import { createNoticeTransport } from '../notices/notice-transport.ts';
import type { PostOptions } from '../notices/post-webhook.ts';
import { packageVersion } from '../package-version.ts';
import { type MetricsServer, serveMetrics } from '../server-metrics/metrics-server.ts';
import { createPrometheusMetrics, type PrometheusMetrics } from '../server-metrics/prometheus-metrics.ts';
import { attachSocket } from './attach-socket.ts';
import { createGuardedClock } from './guarded-clock.ts';
import { type HttpServer, listenHttp } from './http-server.ts';
import { newId } from './new-id.ts';
import { startScheduler } from './scheduler.ts';
import { signWithNode } from './sign-with-node.ts';
import { startingResponse } from './starting-response.ts';

/** What the server is started with; each has a default. */
export interface ServeOptions extends StoreLocation {
  /** 4310 by default; 0 takes any that is free. */
  readonly port?: number;
  /** `127.0.0.1` by default, which only this machine reaches. */
  readonly host?: string;
  /** The one in the store by default. Where there is none, test mode takes the starter catalog, and live mode waits for one. */
  readonly catalog?: CatalogConfig;
  /** `test` by default. */
  readonly mode?: 'test' | 'live';
  /** Secret keys in addition to those in the store. In live mode none begins with `sk_test_`. */
  readonly secretKeys?: readonly string[];
  /** The secret that signs tokens; by default a random secret kept by the store. */
  readonly tokenSecret?: string;
  /** Where browsers reach the server; its own address by default. */
  readonly publicUrl?: string;
  /** The sandbox in test mode, none in live mode by default. */
  readonly payments?: PaymentProvider;
  /** Takes payments by Stripe; without it and without `payments` there is the sandbox in test mode and nothing in live mode. */
  readonly stripe?: Omit<StripeOptions, 'publicUrl'>;
  /** How notices leave the house: mails into the log, and webhooks to public addresses over https, by default. */
  readonly notices?: Partial<MailOptions & PostOptions>;
  /** How long an idle connection is kept, in seconds: longer than a load balancer in front keeps it. 75 by default. */
  readonly keepAliveSeconds?: number;
  /** Port of `/metrics` for Prometheus, on the same host; 0 takes any that is free. None by default. */
  readonly metricsPort?: number | null;
  /** Proxies in front that add the address they were called from to `X-Forwarded-For`. None by default. */
  readonly trustedProxies?: number;
  /** Share of the successful requests that get a line in the log, from 0 to 1; 1 by default. */
  readonly requestLogShare?: number;
  /** For how long notices and the audit are kept; 90 and 730 days by default. */
  readonly retention?: AppOptions['retention'];
  /**
   * Answers what reads and refuses what writes, on a database that is there and is of this version. What falls due shows in answers
   * and is not committed. False by default.
   */
  readonly readOnly?: boolean;
  /** Where the built console is, which is then served at `/console`; none is served by default. */
  readonly consoleFolder?: string | null;
  /** Takes any port that is free for `/metrics`, and says so, where the one that is named is taken. False by default: it throws. */
  readonly metricsPortMayMove?: boolean;
  /** For tests that move time; the machine's by default, unless it is set by much at once. */
  readonly clock?: AppOptions['clock'];
  /** JSON lines on standard error from `error` on by default. */
  readonly log?: Log;
}

/** A server that listens. */
export interface RunningServer {
  /** Such as `http://127.0.0.1:4310`. */
  readonly url: string;
  /** The port that it listens at. */
  readonly port: number;
  /** Where an operator signs in; null without a console. */
  readonly consoleUrl: string | null;
  /** Where the metrics are told; null without. */
  readonly metricsUrl: string | null;
  /** The app itself, for calls without HTTP. */
  readonly app: App;
  /** The store that it keeps everything in. `close` closes it. */
  readonly store: Store;
  /**
   * Says that the machine's clock is right. Where it is set by more than a quarter of an hour at once, time goes on from before, so
   * that nothing falls due by mistake, until PostgreSQL's clock agrees or this is called.
   */
  confirmClock(): void;
  /** Accepts no new requests, answers the accepted ones, and closes the database. */
  close(): Promise<void>;
}

/**
 * Runs the server on a port, with its database, socket and scheduler, in this process.
 * @throws StoreOpenError where the database cannot be used; CatalogError for a catalog with mistakes; the system's own error where
 * the port is taken.
 *
 * @example
 * const server = await serve({ databaseFile: 'usagekit.sqlite', secretKeys: ['sk_test_...'] });
 * await fetch(`${server.url}/v1/meta`);
 */
export async function serve(options: ServeOptions = {}): Promise<RunningServer> {
  const { host = '127.0.0.1', port = 4310, log = createLog('error') } = options;
  const newFile = newFileOf(options);
  const opened = await (options.readOnly === true
    ? openExistingStore({ ...options, mayUpgrade: false, mayWrite: false })
    : openStore({
        upgrading: ({ version, newest }) =>
          log.info(
            { version, newest },
            'The tables are brought to another version; the server listens once they have the newest',
          ),
        ...options,
      }));
  const store = options.readOnly === true ? readOnlyStore(opened) : opened;
  // The port may be any that is free, and the app wants to know its address; until it is there, nothing is answered.
  let app: App | undefined;
  let http: HttpServer | undefined;
  let metricsServer: MetricsServer | undefined;
  let operatorConsole: OperatorConsole | undefined;
  try {
    assertLiveKeys(options);
    const { consoleFolder = null } = options;
    const consoleFiles = consoleFolder === null ? null : await readConsoleFiles(consoleFolder);
    const metrics = createPrometheusMetrics();
    const guarded = createGuardedClock({
      wallMs: () => Date.now(),
      monotonicMs: () => performance.now(),
      otherMs: () => store.readClockMs(),
      doubted: (jumpMs) =>
        log.error(
          { jumpSeconds: Math.round(jumpMs / 1_000) },
          "The machine's clock was set by more than it may be at once; time goes on from before until it is confirmed (SIGUSR2)",
        ),
    });
    const clock = options.clock ?? guarded;
    http = await listenHttp({
      port,
      host,
      fetch: (request, address) =>
        operatorConsole?.owns(request)
          ? operatorConsole.answer(request, address)
          : (app?.fetch(request, address) ?? Promise.resolve(startingResponse())),
      answererOf: (method, path) => app?.answererOf(method, path),
      refuse: (code, detail) => app?.refuse(code, detail) ?? startingResponse(),
      report: (error) => log.error({ err: error }, 'A connection failed'),
      trustedProxies: options.trustedProxies ?? 0,
      ...(options.keepAliveSeconds === undefined ? {} : { keepAliveSeconds: options.keepAliveSeconds }),
    });
    const made = createApp(
      await appOptions(options, {
        store,
        url: http.url,
        log,
        metrics,
        clock,
        clockDoubtMs: () => (clock === guarded ? guarded.jumpMs : 0),
      }),
    );
    await made.ready();
    for (const warning of options.catalog === undefined ? [] : salesWarnings(options.catalog))
      log.warn({}, warning);
    metrics.watch(() => ({ ...made.status(), clockJumpSeconds: guarded.jumpMs / 1_000 }));
    if (options.metricsPort !== undefined && options.metricsPort !== null)
      metricsServer = await serveMetricsSomewhere(metrics, { options, port: options.metricsPort, host, log });
    if (consoleFiles !== null)
      operatorConsole = createConsole({
        app: made,
        files: consoleFiles,
        mode: options.mode ?? 'test',
        nowMs: () => clock.nowMs(),
        readSecret: () => store.readSecret('console', () => randomBytes(32).toString('base64url')),
        publicUrl: options.publicUrl ?? null,
        hasProxy: (options.trustedProxies ?? 0) > 0,
      });
    app = made;
    const confirmClock = () => guarded.confirm();
    return run({ http, app: made, store, metricsServer, operatorConsole, confirmClock });
  } catch (error) {
    await metricsServer?.close();
    await http?.close();
    await store.close();
    // It has answered nothing yet, so nothing is in it; left behind, it would seem to be a database that somebody wanted.
    if (newFile !== null) for (const file of databaseFiles(newFile)) rmSync(file, { force: true });
    throw error;
  }
}

/** The SQLite file that this start makes; null where it is there already, or where data is kept elsewhere. */
function newFileOf({ store, databaseUrl, databaseFile = databaseFileDefault }: ServeOptions): string | null {
  return store !== undefined || databaseUrl || existsSync(databaseFile) ? null : databaseFile;
}

/** The metrics must not keep a server from serving that nobody told where they should be. */
async function serveMetricsSomewhere(
  metrics: PrometheusMetrics,
  { options, port, host, log }: { options: ServeOptions; port: number; host: string; log: Log },
): Promise<MetricsServer> {
  try {
    return await serveMetrics(metrics, { port, host });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken) throw error;
    if (options.metricsPortMayMove !== true)
      throw new ConfigError('metricsPort', `port ${port} on ${host} is taken; name another one, or none`, {
        cause: error,
      });
    const server = await serveMetrics(metrics, { port: 0, host });
    log.warn(
      { port, metricsUrl: server.url },
      'The port of the metrics, the one after the port of the server, is taken: they are on another one. --metrics-port names it',
    );
    return server;
  }
}

/** Also where the keys come from code, which no configuration checks. */
function assertLiveKeys({ mode, secretKeys = [] }: ServeOptions): void {
  if (mode === 'live' && secretKeys.some((key) => key.startsWith('sk_test_')))
    throw new ConfigError('secretKeys', 'a key that begins with sk_test_ does not hold in live mode');
}

interface Parts {
  readonly store: Store;
  readonly url: string;
  readonly log: Log;
  readonly metrics: PrometheusMetrics;
  readonly clock: Clock;
  clockDoubtMs(): number;
}

async function appOptions(
  options: ServeOptions,
  { store, url, log, metrics, clock, clockDoubtMs }: Parts,
): Promise<AppOptions> {
  const { mode = 'test', secretKeys = [] } = options;
  // Its plans and links are examples, which nobody should be sold by mistake.
  const isReadOnly = options.readOnly === true;
  const isStarting = mode === 'test' && !isReadOnly && (await store.readCatalog()) === undefined;
  const catalog = options.catalog ?? (isStarting ? starterCatalog : undefined);
  // Payments change debts; without a provider no payment begins or ends.
  const payments = isReadOnly
    ? undefined
    : (options.payments ?? (await ownPayments(options, store, options.publicUrl ?? url)));
  return {
    store,
    clock,
    newId,
    mode,
    log,
    secretKeys,
    sign: signWithNode,
    renderInvoice: printInvoice,
    writeArchive,
    writeParquet,
    notices: createNoticeTransport(
      { smtpUrl: null, from: 'usagekit@localhost', allowsPrivate: false, ...options.notices },
      log,
    ),
    afterTurn: setImmediate,
    version: packageVersion(),
    readOnly: isReadOnly,
    clockDoubtMs,
    ...(options.retention === undefined ? {} : { retention: options.retention }),
    ...(store.copyTo === null
      ? {}
      : { copyDatabase: copyDatabaseBeside(options.databaseFile ?? databaseFileDefault, store.copyTo) }),
    metrics,
    stopwatchMs: () => performance.now(),
    ...(options.requestLogShare === undefined ? {} : { requestLogShare: options.requestLogShare }),
    ...(options.tokenSecret === undefined ? {} : { tokenSecret: options.tokenSecret }),
    ...(catalog === undefined ? {} : { catalog }),
    ...(payments === undefined ? {} : { payments }),
  };
}

async function ownPayments(
  { stripe, mode = 'test' }: ServeOptions,
  store: Store,
  publicUrl: string,
): Promise<PaymentProvider | undefined> {
  if (stripe !== undefined) return createStripeProvider({ ...stripe, publicUrl });
  return mode === 'test' ? sandbox(store, publicUrl) : undefined;
}

async function sandbox(store: Store, publicUrl: string): Promise<PaymentProvider> {
  const secret = await store.readSecret('sandbox', () =>
    Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('hex'),
  );
  return createSandboxProvider({ publicUrl, sign: async (text) => signWithNode(secret, text) });
}

function run({
  http,
  app,
  store,
  metricsServer,
  operatorConsole,
  confirmClock,
}: Pick<RunningServer, 'app' | 'store' | 'confirmClock'> & {
  http: HttpServer;
  metricsServer: MetricsServer | undefined;
  operatorConsole: OperatorConsole | undefined;
}): RunningServer {
  const socket = attachSocket(http.server, app);
  const scheduler = startScheduler(app);
  const close = async () => {
    await scheduler.stop();
    // Streams never end by themselves; everything else is answered first.
    operatorConsole?.close();
    app.endStreams();
    socket.close();
    await http.close();
    await app.close();
    await store.close();
    await metricsServer?.close();
  };
  let closing: Promise<void> | undefined;
  return {
    url: http.url,
    port: http.port,
    consoleUrl: operatorConsole === undefined ? null : `${http.url}${consolePath}/`,
    metricsUrl: metricsServer?.url ?? null,
    confirmClock,
    app,
    store,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
