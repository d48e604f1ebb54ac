import { findCatalogMistakes } from '@usagekit/server/app';
import type { CatalogConfig } from '@usagekit/server/contract';
import { createClient } from '../../client/create-client.ts';
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
import { parseSpan } from '../clock/mock-clock.ts';
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
import { createHostBackend } from '../engine/host-backend.ts';
import { snapshotFromText } from '../engine/image-text.ts';
import { scenarioImages } from '../engine/scenario-images.ts';
import { keptSnapshot } from '../engine/snapshots.ts';
import { internalUrl, toServerRequest } from '../engine/to-server-request.ts';
import { answerWithFault, createFaults } from '../faults/faults.ts';
import { createHeldRequests } from '../faults/held-requests.ts';
import { assertPlatform } from '../platform/assert-platform.ts';
import { pause } from '../platform/pause.ts';
import { createSeededRandom } from '../platform/seeded-random.ts';
import { actOnChange, countRequest } from '../render/act-environment.ts';
import { createOpenStreams } from '../requests/open-streams.ts';
import {
  assertFilter,
  matchesRequest,
  type RecordedRequest,
  recordRequest,
} from '../requests/request-log.ts';
import { type PlannedScenario, planScenario } from '../scenarios/plan-scenario.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { ScenarioName } from '../scenarios/scenarios.ts';
import { createWebhookReceivers } from '../webhooks/webhooks.ts';
import { assertOptions, notAccepted, scenarioOf, viewerOf } from './accepted.ts';
import type { MockOptions, ScenarioChoice, UsageKitMock, ViewerOptions } from './usagekit-mock.ts';
import { usualOptions } from './usual-options.ts';

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

const viewerOptionNames = ['role', 'accountId'] as const satisfies readonly (keyof ViewerOptions)[];
const tokenOptionNames = [...viewerOptionNames, 'lifetimeSeconds', 'language'];

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
  const visits: Visits = {
    mounts: [],
    tokens: 0,
    requests: 0,
    tellUnmetFaults() {
      for (const on of faults.takeUnmet())
        log(`the fault on '${on}' was met by no request in this test, so what it was made for is not tested`);
    },
  };
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
    for (const fault of planned.faults) faults.add(fault, { isOfScenario: true });
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
    fault: (fault) => faults.add(fault),
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
    session(viewer = {}) {
      assertOptions('the viewer', viewer, viewerOptionNames);
      const { role = 'owner', accountId = defaultAccountId } = viewer;
      return viewerOf(role) === 'visitor'
        ? { accountId: accountIdOf(accountId) }
        : { accountId: accountIdOf(accountId), memberId: role };
    },
    async tokenFor(options = {}) {
      assertOptions('tokenFor', options, tokenOptionNames);
      const { lifetimeSeconds, language, ...viewer } = options;
      const session = mock.session(viewer);
      const token = await backend.makeToken({
        ...session,
        ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
        ...(language !== undefined && { language }),
      });
      visits.tokens += 1;
      return token;
    },
    client({ language } = {}) {
      return createClient({
        baseUrl: internalUrl,
        fetch: answer,
        getToken: async (session) =>
          backend.makeToken({
            ...(session ?? mock.session()),
            ...(language !== undefined && { language }),
          }),
      });
    },
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
  const mistakes = findCatalogMistakes(catalog).map(
    ({ pointer, detail, accepted }) => `${pointer}: ${detail} (accepted: ${accepted})`,
  );
  if (mistakes.length > 0)
    throw new RangeError(`The catalog of the mock has mistakes: ${mistakes.join('; ')}`);
}

function toConsole(line: string, error?: unknown): void {
  const text = `usagekit mock: ${line}`;
  // biome-ignore-start lint/suspicious/noConsole: a mock speaks to who writes the test, and nothing else would be seen.
  if (error === undefined) console.warn(text);
  else console.error(text, error);
  // biome-ignore-end lint/suspicious/noConsole: as above
}
