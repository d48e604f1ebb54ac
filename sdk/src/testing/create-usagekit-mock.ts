import { createApp } from '@usagekit/server/app';
import { type AccountInput, type CatalogConfig, msPerDay, type Role } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { createSandboxProvider, type SandboxCard } from '@usagekit/server/payments';
import { createClient, type UsageKitClient } from '../client/create-client.ts';
import type { Session } from '../client/token-source.ts';
import { assertOptions, scenarioOf, viewerOf } from './accepted.ts';
import { defaultCatalog } from './default-catalog.ts';
import { answerWithFault, createFaults, type Fault } from './faults.ts';
import { findInvariantBreaks } from './find-invariant-breaks.ts';
import { createHostBackend, type HostBackend } from './host-backend.ts';
import { createMockAccount, type MockAccount } from './mock-account.ts';
import { createMockClock, parseSpan, type Span } from './mock-clock.ts';
import { createOpenStreams } from './open-streams.ts';
import { pause } from './pause.ts';
import { matchesRequest, type RecordedRequest, type RequestFilter, recordRequest } from './request-log.ts';
import { memberRoles, type ScenarioName } from './scenarios.ts';
import { createSeededRandom } from './seeded-random.ts';
import { internalUrl, toServerRequest } from './to-server-request.ts';

export interface MockOptions {
  /** @default 'healthy' */
  scenario?: ScenarioName;
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
  /** @default `defaultCatalog`, which the scenarios are written for */
  catalog?: CatalogConfig;
  /** Of the scenario's account; `timeZone`, say. */
  account?: AccountInput;
  /**
   * The test runner's hook, where it is not a global: the ledger is checked after each test. In Vitest `afterEach` at the
   * top of a file, `onTestFinished` inside of a test.
   */
  afterEach?: (check: () => Promise<void>) => unknown;
}

/** Who is asking: a member of the scenario's account by role, or a public visitor. */
export type MockViewer = Role | 'visitor';

export interface ViewerOptions {
  /** @default 'owner' */
  role?: MockViewer;
  /** @default 'acme' */
  accountId?: string;
}

export interface UsageKitMock {
  /** Settles when the scenario is set up. Requests wait for it by themselves. */
  readonly ready: Promise<void>;
  /** Answers as the real server does; takes any address, of which the path from `/v1` on counts. */
  fetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response>;
  clock: {
    now(): Date;
    /** Moves time forward; what falls due meanwhile happens. Connected streams are told. */
    advance(span: Span): Promise<void>;
    /** To the instant at which the account's allowances come again, and a second more. */
    advanceToReset(accountId?: string): Promise<void>;
  };
  /** Breaks requests. Gives back what mends them again. */
  fault(fault: Fault): () => void;
  /** Lets every answer take a while; nothing for none. */
  latency(bounds?: { min: Span; max: Span }): void;
  /** What was asked so far, by the UI under test alone, oldest first. */
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
  /** What the host's backend can do with its secret key. */
  readonly backend: HostBackend;
  /** The key itself, for a backend under test that sends its own requests. It opens this mock and nothing else. */
  readonly secretKey: string;
  session(viewer?: ViewerOptions): Session;
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

const defaultNow = '2026-11-20T12:00:00.000Z';
const defaultAccountId = 'acme';
const optionNames = ['scenario', 'now', 'seed', 'catalog', 'account', 'afterEach'] as const;
const secretKey = 'sk_test_usagekit_mock_0000000000000000';

/**
 * The real server in memory, with a scenario's account in it. It can be made without `await`: requests wait until the
 * scenario is set up. Each mock has a state of its own; make one for each test.
 *
 * @example
 * const mock = createUsageKitMock({ scenario: 'outOfCredits' });
 * const server = setupServer(...handlers(mock, 'https://usage.test')); // from '@usagekit/react/testing/msw'
 */
export function createUsageKitMock(options: MockOptions = {}): UsageKitMock {
  assertOptions('createUsageKitMock', options, optionNames);
  const { scenario = 'healthy', catalog = defaultCatalog, seed = 1 } = options;
  const script = scenarioOf(scenario);
  const nowMs = Date.parse(options.now ?? defaultNow);
  if (Number.isNaN(nowMs)) throw new RangeError(`now is no instant: ${options.now}`);

  const random = createSeededRandom(seed);
  const clock = createMockClock(nowMs - 31 * msPerDay);
  const newId = createIds();
  const app = createApp({
    store: createMemoryStore(),
    clock,
    newId,
    catalog,
    secretKeys: [secretKey],
    payments: createSandboxProvider({ publicUrl: internalUrl, sign: signOpenly }),
  });
  const backend = createHostBackend({
    baseUrl: internalUrl,
    secretKey,
    fetch: async (request) => {
      if (!closed && settled) unchecked.add(mock);
      return app.fetch(request);
    },
    newKey: newId,
  });
  const faults = createFaults();
  const streams = createOpenStreams();
  const log: RecordedRequest[] = [];
  const accountIds = new Set<string>();
  let settled = false;
  let latencyMs: { min: number; max: number } | undefined;
  let closed = false;

  async function addAccount(accountId: string, input: AccountInput = {}) {
    await backend.putAccount(accountId, { name: accountId, ...input });
    accountIds.add(accountId);
    for (const role of memberRoles) {
      await backend.putMember(accountId, role, { role, name: nameOfRole(role) });
    }
    return createMockAccount(accountId, backend, newId);
  }

  async function setUp() {
    const daysBefore = (days: number) => clock.moveTo(nowMs - days * msPerDay);
    daysBefore(script.cycleDay);
    const account = await addAccount(defaultAccountId, {
      name: 'Acme',
      ...script.account,
      ...options.account,
    });
    await script.run({ backend, account, random, daysBefore });
    clock.moveTo(nowMs);
    settled = true;
  }

  const ready = setUp();
  // Whoever asks is told; nobody asking is no reason to end the process.
  ready.catch(() => undefined);

  async function answer(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
    const { request, path, query } = await toServerRequest(internalUrl, input, init);
    const record = await recordRequest(request, path, query);
    log.push(record);
    await ready;
    if (latencyMs) await pause(latencyMs.min + random() * (latencyMs.max - latencyMs.min), request.signal);
    request.signal.throwIfAborted();
    const fault = faults.take(record);
    const response = fault
      ? await answerWithFault(fault, request, async () => app.fetch(request))
      : await app.fetch(request);
    record.status = response.status;
    return streams.track(response, request.signal);
  }

  async function advanceTo(instantMs: number) {
    await ready;
    clock.moveTo(instantMs);
    await app.tick();
  }

  const mock: UsageKitMock = {
    ready,
    fetch: answer,
    clock: {
      now: () => (settled ? clock.now() : new Date(nowMs)),
      async advance(span) {
        const spanMs = parseSpan(span);
        await ready;
        await advanceTo(clock.nowMs() + spanMs);
      },
      async advanceToReset(accountId = defaultAccountId) {
        await ready;
        const { nextReset } = await backend.credits(accountId);
        if (!nextReset) throw new Error(`Nothing of ${accountId} comes again.`);
        await advanceTo(Date.parse(nextReset.at) + 1_000);
      },
    },
    fault: faults.add,
    latency(bounds) {
      latencyMs = bounds && { min: parseSpan(bounds.min), max: parseSpan(bounds.max) };
    },
    requests: (filter = '*') => log.filter((record) => matchesRequest(filter, record)),
    openStreams: streams.count,
    account: (accountId = defaultAccountId) =>
      createMockAccount(accountId, afterSetUp(backend, ready), newId),
    async addAccount(accountId, input) {
      await ready;
      return addAccount(accountId, input);
    },
    async addPaymentMethod(card = 'succeeds', accountId = defaultAccountId) {
      await ready;
      await backend.addPaymentMethod(accountId, card);
    },
    async outOfCredits(accountId) {
      await mock.account(accountId).spendDownTo(0);
    },
    backend: afterSetUp(backend, ready),
    secretKey,
    session: ({ role = 'owner', accountId = defaultAccountId } = {}) =>
      viewerOf(role) === 'visitor' ? { accountId } : { accountId, memberId: role },
    async tokenFor({ lifetimeSeconds, ...viewer } = {}) {
      await ready;
      return backend.makeToken({
        ...mock.session(viewer),
        ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
      });
    },
    client: () =>
      createClient({
        baseUrl: internalUrl,
        fetch: answer,
        getToken: async (session) => {
          await ready;
          return backend.makeToken(session ?? mock.session());
        },
      }),
    async assertInvariants() {
      await ready;
      const breaks = await findInvariantBreaks(backend, accountIds);
      unchecked.delete(mock);
      if (breaks.length > 0) throw new Error(`The ledger of the mock does not add up: ${breaks.join('; ')}`);
    },
    async close() {
      if (closed) return;
      closed = true;
      unchecked.delete(mock);
      await ready.catch(() => undefined);
      await app.close();
    },
  };

  options.afterEach?.(() => mock.assertInvariants());
  return mock;
}

/** Mocks of this file that something was asked of since they were last checked. */
const unchecked = new Set<UsageKitMock>();

/** Checks the ledger of every mock that something was asked of since it was last checked. */
export async function checkMocks(): Promise<void> {
  const mocks = [...unchecked];
  unchecked.clear();
  for (const mock of mocks) await mock.assertInvariants();
}

(globalThis as { afterEach?: (check: () => Promise<void>) => unknown }).afterEach?.(checkMocks);

/** Nobody has to be kept from forging a page of a mock. */
async function signOpenly(text: string): Promise<string> {
  return `mock-${text.length}`;
}

function nameOfRole(role: Role): string {
  const words = role.replace('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Ids that are the same in each run, and sort in the order in which they were made. */
function createIds(): () => string {
  let made = 0;
  return () => {
    made += 1;
    return `mock_${String(made).padStart(8, '0')}`;
  };
}

/** The same backend, whose calls wait for the scenario. */
function afterSetUp(backend: HostBackend, ready: Promise<void>): HostBackend {
  return Object.fromEntries(
    Object.entries(backend).map(([name, call]) => [
      name,
      async (...given: never[]) => {
        await ready;
        return (call as (...given: never[]) => Promise<unknown>)(...given);
      },
    ]),
  ) as unknown as HostBackend;
}
