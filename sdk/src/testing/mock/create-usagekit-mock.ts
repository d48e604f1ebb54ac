import type { AccountInput, CatalogConfig, NoticeType, Role } from '@usagekit/server/contract';
import { compileCatalog } from '@usagekit/server/domain';
import type { SandboxCard } from '@usagekit/server/payments';
import { createClient, type UsageKitClient } from '../../client/create-client.ts';
import type { Session } from '../../client/token-source.ts';
import type { MockAccount } from '../accounts/mock-account.ts';
import {
  checkEngine,
  checkVisits,
  forget,
  markAsked,
  mountOf,
  registerCheck,
  type Visits,
  watchVisits,
} from '../checks/checks.ts';
import { parseSpan, type Span } from '../clock/mock-clock.ts';
import {
  accountOf,
  createEngine,
  defaultAccountId,
  type Engine,
  putAccount,
  runScenario,
  type Snapshot,
  secretKey,
} from '../engine/engine.ts';
import { createHostBackend, type HostBackend } from '../engine/host-backend.ts';
import { snapshotFromText } from '../engine/image-text.ts';
import { scenarioImages } from '../engine/scenario-images.ts';
import { keptSnapshot } from '../engine/snapshots.ts';
import { internalUrl, toServerRequest } from '../engine/to-server-request.ts';
import { answerWithFault, createFaults, type Fault } from '../faults/faults.ts';
import { createHeldRequests, type Hold, type HoldOptions } from '../faults/held-requests.ts';
import { assertPlatform } from '../platform/assert-platform.ts';
import { pause } from '../platform/pause.ts';
import { createSeededRandom } from '../platform/seeded-random.ts';
import { actOnChange, countRequest } from '../render/act-environment.ts';
import { createOpenStreams } from '../requests/open-streams.ts';
import {
  assertFilter,
  matchesRequest,
  type RecordedRequest,
  type RequestFilter,
  recordRequest,
} from '../requests/request-log.ts';
import { type PlannedScenario, planScenario } from '../scenarios/plan-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { ScenarioName } from '../scenarios/scenarios.ts';
import { createWebhookReceivers, type MockWebhooks, type WebhookReceiver } from '../webhooks/webhooks.ts';
import { assertOptions, notAccepted, scenarioOf, viewerOf } from './accepted.ts';
import { usualOptions } from './usual-options.ts';

/** A state by name, a function of your own, or a list in which each continues from the one before. */
export type ScenarioChoice = ScenarioName | Scenario | readonly (ScenarioName | Scenario)[];

/** What the mock begins with; each has a default. */
export interface MockOptions {
  /** @default 'healthy' */
  scenario?: ScenarioChoice;
  /**
   * The mock's time once the scenario is set up; it stands still until it is advanced.
   * @default '2026-11-20T12:00:00.000Z'
   */
  now?: string;
  /**
   * Makes what a scenario does by chance, ids and latency the same each time.
   * @default 1
   */
  seed?: number;
  /** The catalog; scenarios work with any. @default `defaultCatalog` */
  catalog?: CatalogConfig;
  /** Fields of the scenario's account, such as `timeZone`. */
  account?: AccountInput;
  /**
   * The test runner's hook, where it is not a global: the ledger is checked after each test. In Vitest `afterEach` at the
   * top of a file, `onTestFinished` inside of a test.
   */
  afterEach?: (check: () => Promise<void>) => unknown;
  /** A mock refuses to be made in production, since it sells what nobody pays for; a published Storybook wants it all the same. */
  allowInProduction?: boolean;
  /**
   * Where the mock tells its own mistakes: errors of the server in it with their cause, and requests that nothing answers.
   * @default the console
   */
  log?: (line: string, error?: unknown) => void;
  /**
   * Whether open streams are told of the changes of 400 ms together, as a served server does, so that it can be measured what a busy
   * account costs a page. Otherwise each change is told at once.
   * @default false
   */
  gathersChanges?: boolean;
}

/** Who is asking: a member of the scenario's account by role, or a public visitor. */
export type MockViewer = Role | 'visitor';

/** Whose view it is. */
export interface ViewerOptions {
  /** @default 'owner' */
  role?: MockViewer;
  /** @default 'acme' */
  accountId?: string;
}

/** The real server in memory, with a clock that is moved by hand. */
export interface UsageKitMock {
  /** Settles when the scenario is set up. Requests wait for it by themselves. */
  readonly ready: Promise<void>;
  /** Answers as the real server does; takes any address and uses its path from `/v1` on. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  /** The time of the server, which stands still until it is moved. */
  clock: {
    now(): Date;
    /** Moves time forward and carries out everything that falls due. Connected streams are notified. */
    advance(span: Span): Promise<void>;
    /** To the instant at which the account's allowances come again, and a second more. */
    advanceToReset(accountId?: string): Promise<void>;
  };
  /**
   * Breaks requests. Gives back what mends them again.
   *
   * @example
   * mock.fault({ on: 'GET *credits', status: 418, body: { tea: true }, headers: { 'Retry-After': '2' }, delay: '50ms', times: 2 });
   */
  fault(fault: Fault): () => void;
  /**
   * Changes real answers, and nothing in the server: fields that take the place of the answer's own, or a function from the whole
   * answer to another one. Gives back what ends that.
   *
   * @example
   * mock.respond('GET *credits', { available: '0.000001' });
   */
  respond(filter: RequestFilter, change: object | ((body: never) => unknown), times?: number): () => void;
  /** Lets requests wait until the test lets them go, so that it decides which one comes first. */
  hold(filter: RequestFilter, options?: HoldOptions): Hold;
  /**
   * As it was when its scenario was set up, or in another scenario: time, accounts, ids, faults and requests. Streams end, and what
   * is shown asks again. Mounted mocks stay mounted, and tokens stay good.
   */
  reset(scenario?: ScenarioChoice): Promise<void>;
  /** Lets every answer take a while; nothing for none. */
  latency(bounds?: { min: Span; max: Span }): void;
  /** The requests so far of the UI under test only, oldest first. */
  requests(filter?: RequestFilter): RecordedRequest[];
  /** How many streams are open now. */
  openStreams(): number;
  /** The scenario's account, or another. */
  account(accountId?: string): MockAccount;
  /** Makes another account, with a member of each role. */
  addAccount(accountId: string, input?: AccountInput): Promise<MockAccount>;
  /**
   * Gives the account a card, as a person does on the payment provider's page.
   * @default a card whose charges succeed
   */
  addPaymentMethod(card?: SandboxCard, accountId?: string): Promise<void>;
  /** Spends every credit of the account. */
  outOfCredits(accountId?: string): Promise<void>;
  /**
   * Hands what happens from now on to a host's webhook handler, signed as Standard Webhooks has it, of all types or of some. It goes out
   * at `deliver()`. A reset ends it.
   *
   * @example
   * const { secret, deliver } = await mock.webhooks((request) => app.fetch(request), ['credits.out']);
   */
  webhooks(receive: WebhookReceiver, types?: readonly NoticeType[]): Promise<MockWebhooks>;
  /** The calls that the host's backend can make with its secret key. */
  readonly backend: HostBackend;
  /** The key itself, for a backend under test that sends its own requests. It opens this mock and nothing else. */
  readonly secretKey: string;
  /** A session for the provider: whose it is and its token. */
  session(viewer?: ViewerOptions): Session;
  /** A token for a member, as the host signs it. */
  tokenFor(
    viewer?: ViewerOptions & { lifetimeSeconds?: number },
  ): Promise<{ token: string; expiresAt: string }>;
  /** A client of the SDK that asks this mock, with tokens for whatever session it is used with. */
  client(): UsageKitClient;
  /** Rejects where the ledger and a balance do not agree, and says which. */
  assertInvariants(): Promise<void>;
  /** Ends streams and timers. */
  close(): Promise<void>;
}

const optionNames = [
  'scenario',
  'now',
  'seed',
  'catalog',
  'account',
  'afterEach',
  'allowInProduction',
  'log',
  'gathersChanges',
] as const satisfies readonly (keyof MockOptions)[];

/**
 * The real server in memory, with a scenario's account in it. It can be made without `await`: requests wait until the
 * scenario is set up. Each mock has a state of its own; make one for each test, or `reset()` one between tests.
 *
 * @throws RangeError for an invalid option, scenario or catalog, with the accepted values, and in production.
 *
 * @example
 * const mock = createUsageKitMock({ scenario: 'outOfCredits' });
 * const server = setupServer(...handlers(mock, 'https://usage.test')); // from '@usagekit/react/testing/msw'
 */
export function createUsageKitMock(options: MockOptions = {}): UsageKitMock {
  assertOptions('createUsageKitMock', options, optionNames);
  assertPlatform(options);
  const { seed = usualOptions.seed, now = usualOptions.now, catalog = usualOptions.catalog } = options;
  const { log = toConsole, gathersChanges } = options;
  const nowMs = Date.parse(now);
  if (Number.isNaN(nowMs)) {
    throw new RangeError(`now is no instant: '${now}'; accepted is one such as ${usualOptions.now}.`);
  }
  if (options.catalog !== undefined) assertCatalog(options.catalog);

  const random = createSeededRandom(seed);
  const engineOptions = { random, log, gathersChanges };
  const faults = createFaults();
  const held = createHeldRequests();
  const streams = createOpenStreams();
  const receivers = createWebhookReceivers();
  let accountIds = new Set<string>([defaultAccountId]);
  let requests: RecordedRequest[] = [];
  let latencyMs: { min: number; max: number } | undefined;
  let isClosed = false;
  const visits: Visits = { mounts: [], tokens: 0, requests: 0 };
  watchVisits(visits);

  /** The scenario's result, known when `engine` exists. */
  let chosen = choose(options.scenario ?? 'healthy');
  let engine: Engine | undefined;
  let ready = setUp();

  function choose(scenario: ScenarioChoice) {
    const parts = (typeof scenario === 'object' ? scenario : [scenario]) as readonly (
      | ScenarioName
      | Scenario
    )[];
    const planned = planScenario(parts.map(scenarioOf), {
      catalog,
      nowMs,
    });
    let snapshot: Promise<Snapshot> | undefined;
    return {
      planned,
      snapshot: () => {
        // A function may do something else each time; a name says the same as it did before.
        snapshot ??= parts.every((part) => typeof part === 'string')
          ? keptSnapshot(
              JSON.stringify([parts, nowMs, seed, options.catalog ?? null, options.account]),
              async () => (await builtSnapshot(parts)) ?? liveThrough(planned),
            )
          : liveThrough(planned);
        return snapshot;
      },
    };
  }

  /** The result that the package brings, where nothing was asked for but one scenario. */
  async function builtSnapshot([name, ...further]: readonly ScenarioName[]): Promise<Snapshot | undefined> {
    const isUsual =
      further.length === 0 &&
      options.account === undefined &&
      catalog === usualOptions.catalog &&
      seed === usualOptions.seed &&
      nowMs === Date.parse(usualOptions.now);
    const load = isUsual && name !== undefined ? scenarioImages[name] : undefined;
    return load && snapshotFromText((await load()).default);
  }

  async function liveThrough(planned: PlannedScenario): Promise<Snapshot> {
    random.resume(seed >>> 0);
    const past = { ...engineOptions, nowMs, account: options.account ?? {} };
    return (await runScenario(planned, past)).snapshot();
  }

  function setUp(): Promise<void> {
    const { planned, snapshot } = chosen;
    for (const fault of planned.faults) faults.add(fault);
    const done = snapshot().then((content) => {
      engine = createEngine(content, { ...engineOptions, notices: receivers.transport });
    });
    // Whoever asks is told too; nobody asking is no reason to end the process.
    done.catch((error: unknown) => log('The scenario could not be set up', error));
    return done;
  }

  function askedOf(server: Engine) {
    const ids = accountIds;
    return { ledger: () => (server === engine ? backend : server.backend), accountIds: ids };
  }

  /** The server as it is now, once there is one. */
  async function current(): Promise<Engine> {
    await ready;
    if (engine === undefined) throw new Error('The scenario is set up and there is no server.');
    return engine;
  }

  async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { request, path, query } = await toServerRequest(internalUrl, input, init);
    const record = await recordRequest(request, path, query);
    requests.push(record);
    visits.requests += 1;
    return countRequest(async () => {
      const server = await current();
      if (record.method !== 'GET') markAsked(server, askedOf(server));
      if (latencyMs) {
        await pause(latencyMs.min + random() * (latencyMs.max - latencyMs.min), request.signal);
      }
      await held.pass('request', record, request.signal);
      request.signal.throwIfAborted();
      const fault = faults.take(record);
      const ask = async () => {
        if (record.method === 'PUT') learnAccount(path);
        return server.app.fetch(request);
      };
      const response = fault ? await answerWithFault(fault, request, ask) : await ask();
      await held.pass('answer', record, request.signal);
      record.status = response.status;
      if (response.status === 404) await tellUnknownAddress(record, response.clone());
      return streams.track(response, request.signal);
    });
  }

  function learnAccount(path: string) {
    const [, accountId] = /^\/v1\/accounts\/([^/]+)$/.exec(path) ?? [];
    if (accountId !== undefined) accountIds.add(decodeURIComponent(accountId));
  }

  async function tellUnknownAddress({ method, path }: RecordedRequest, response: Response) {
    if (/^\/v1\/./.test(path) || !/json/.test(response.headers.get('Content-Type') ?? '')) return;
    log(
      `${method} ${path} is no call of the API, whose addresses begin with /v1/: is the client's baseUrl the one that the mock is mounted at?`,
    );
  }

  function accountIdOf(accountId: string): string {
    if (!accountIds.has(accountId)) throw notAccepted('The account', accountId, [...accountIds]);
    return accountId;
  }

  const change = <Result>(run: () => Promise<Result>) => actOnChange(() => streams.count() > 0, run);

  async function advanceTo(instantMs: number) {
    const { clock, app } = await current();
    await change(async () => {
      clock.moveTo(instantMs);
      await app.tick();
    });
  }

  /** Asks the server as it is when it asks. */
  const backend = createHostBackend({
    baseUrl: internalUrl,
    secretKey,
    newKey: async () => (await current()).newId(),
    async fetch(request) {
      const server = await current();
      markAsked(server, askedOf(server));
      return server.app.fetch(request);
    },
  });

  const mock: UsageKitMock = {
    get ready() {
      return ready;
    },
    fetch: answer,
    clock: {
      now: () => engine?.clock.now() ?? new Date(nowMs),
      async advance(span) {
        const spanMs = parseSpan(span);
        await advanceTo((await current()).clock.nowMs() + spanMs);
      },
      async advanceToReset(accountId = defaultAccountId) {
        const { nextReset } = await backend.credits(accountIdOf(accountId));
        if (!nextReset) throw new Error(`Nothing of ${accountId} comes again.`);
        await advanceTo(Date.parse(nextReset.at) + 1_000);
      },
    },
    fault: faults.add,
    respond(filter, changed, times) {
      assertFilter(filter);
      return faults.add({
        kind: 'changed',
        on: filter,
        ...(times === undefined ? {} : { times }),
        change:
          typeof changed === 'function'
            ? (changed as (body: never) => unknown)
            : (body: object) => ({ ...body, ...changed }),
      });
    },
    hold(filter, holdOptions) {
      assertFilter(filter);
      return held.hold(filter, holdOptions);
    },
    latency(bounds) {
      latencyMs = bounds && { min: parseSpan(bounds.min), max: parseSpan(bounds.max) };
    },
    requests(filter = '*') {
      assertFilter(filter);
      return requests.filter((record) => matchesRequest(filter, record));
    },
    openStreams: streams.count,
    account: (accountId = defaultAccountId) =>
      accountOf(
        { backend, newId: () => engine?.newId() ?? `early_${accountIds.size}` },
        {
          accountId: accountIdOf(accountId),
          catalog: chosen.planned.catalog,
          change,
          wait: async (span) => mock.clock.advance(span),
        },
      ),
    async addAccount(accountId, input = {}) {
      accountIds.add(accountId);
      await putAccount(await current(), accountId, input);
      return mock.account(accountId);
    },
    async addPaymentMethod(card = 'succeeds', accountId = defaultAccountId) {
      await change(() => backend.addPaymentMethod(accountIdOf(accountId), card));
    },
    async outOfCredits(accountId) {
      await mock.account(accountId).spendDownTo(0);
    },
    async reset(scenario) {
      await ready;
      const before = engine;
      if (scenario !== undefined) chosen = choose(scenario);
      faults.clear();
      latencyMs = undefined;
      ready = setUp();
      await ready;
      accountIds = new Set([defaultAccountId]);
      requests = [];
      // Held requests continue and end with the server that they asked.
      held.releaseAll();
      before?.app.endStreams();
    },
    async webhooks(receive, types) {
      const { secret = '' } = await receivers.add(await current(), receive, types);
      return { secret, deliver: async () => receivers.deliver(await current()) };
    },
    backend,
    secretKey,
    session: ({ role = 'owner', accountId = defaultAccountId } = {}) =>
      viewerOf(role) === 'visitor'
        ? { accountId: accountIdOf(accountId) }
        : { accountId: accountIdOf(accountId), memberId: role },
    async tokenFor({ lifetimeSeconds, ...viewer } = {}) {
      const session = mock.session(viewer);
      const token = await backend.makeToken({
        ...session,
        ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
      });
      visits.tokens += 1;
      return token;
    },
    client: () =>
      createClient({
        baseUrl: internalUrl,
        fetch: answer,
        getToken: async (session) => backend.makeToken(session ?? mock.session()),
      }),
    async assertInvariants() {
      const server = await current();
      await checkEngine(server, askedOf(server));
    },
    async close() {
      if (isClosed) return;
      isClosed = true;
      forget(engine, visits);
      await ready.catch(() => undefined);
      held.releaseAll();
      await engine?.app.close();
    },
  };
  visitsOf.set(mock, visits);
  if (options.afterEach) {
    registerCheck(options.afterEach, async () => {
      await mock.assertInvariants();
      checkVisits(visits);
    });
  }
  return mock;
}

const visitsOf = new WeakMap<object, Visits>();

/** An adapter that can be forgotten to be started says where it has mounted the mock. */
export function tellMounted(mock: object, base: string): void {
  visitsOf.get(mock)?.mounts.push(mountOf(base));
}

/** @throws RangeError with every mistake of the catalog. */
function assertCatalog(catalog: CatalogConfig): void {
  const compiled = compileCatalog(catalog, 1);
  if (compiled.outcome !== 'refused') return;
  const mistakes = compiled.mistakes.map(
    ({ pointer, detail, accepted }) => `${pointer}: ${detail} (accepted: ${accepted})`,
  );
  throw new RangeError(`The catalog of the mock has mistakes: ${mistakes.join('; ')}`);
}

function toConsole(line: string, error?: unknown): void {
  const text = `usagekit mock: ${line}`;
  // biome-ignore-start lint/suspicious/noConsole: a mock speaks to who writes the test, and nothing else would be seen.
  if (error === undefined) console.warn(text);
  else console.error(text, error);
  // biome-ignore-end lint/suspicious/noConsole: as above
}
