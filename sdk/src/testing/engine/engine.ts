import { type App, createApp, type NoticeTransport } from '@usagekit/server/app';
import { type CatalogConfig, msPerDay } from '@usagekit/server/contract';
import { createMemoryStore } from '@usagekit/server/memory';
import { createSandboxProvider } from '@usagekit/server/payments';
import { memberRoles } from '../accounts/member-roles.ts';
import { createMockAccount, type MockAccount } from '../accounts/mock-account.ts';
import { createMockClock, type MockClock, parseSpan, type Span } from '../clock/mock-clock.ts';
import { checksum } from '../platform/checksum.ts';
import { realTimers } from '../platform/real-timers.ts';
import { renderPlainInvoice } from '../platform/render-plain-invoice.ts';
import type { SeededRandom } from '../platform/seeded-random.ts';
import type { PlannedScenario } from '../scenarios/plan-scenario.ts';
import { createHostBackend, type HostBackend } from './host-backend.ts';
import { internalUrl } from './to-server-request.ts';

export const secretKey = 'sk_test_usagekit_mock_0000000000000000';
export const defaultAccountId = 'acme';

/** Up to which a server waits so that changes are told together. */
const gatheringMsMax = 500;

type Store = Parameters<typeof createApp>[0]['store'];
type MemoryStore = ReturnType<typeof createMemoryStore>;

/** The result of a scenario. A mock takes a copy when it is made and at each reset. */
export interface Snapshot {
  readonly store: MemoryStore;
  readonly nowMs: number;
  readonly idsMade: number;
  readonly randomState: number;
}

/** The real server on a store of its own. A reset makes another one; what still runs on the old one ends there. */
export interface Engine {
  readonly app: App;
  readonly clock: MockClock;
  readonly backend: HostBackend;
  readonly snapshot: () => Snapshot;
  newId(): string;
}

export interface EngineOptions {
  random: SeededRandom;
  log(line: string, error: unknown): void;
  /** A store other than one in memory; it cannot be copied. */
  store?: Store;
  /** Whether changes are gathered before they are told, as by a served server; false by default. */
  gathersChanges?: boolean | undefined;
  /** Where webhooks go; without it none is sent. */
  notices?: NoticeTransport;
}

/** Makes a server from a scenario's result, or an empty server with the catalog. */
export function createEngine(
  from: Snapshot | { catalog: CatalogConfig; nowMs: number },
  {
    random,
    log,
    gathersChanges,
    notices,
    store = 'store' in from ? from.store.copy() : createMemoryStore(),
  }: EngineOptions,
): Engine {
  const clock = createMockClock(from.nowMs);
  let idsMade = 'store' in from ? from.idsMade : 0;
  if ('store' in from) random.resume(from.randomState);
  /** Ids that are the same in each run, and sort in the order in which they were made. */
  const newId = () => {
    idsMade += 1;
    return `mock_${String(idsMade).padStart(8, '0')}`;
  };
  const app = createApp({
    store,
    clock,
    newId,
    ...('catalog' in from ? { catalog: from.catalog } : {}),
    secretKeys: [secretKey],
    tokenSecret: 'mock',
    sign: (secret, text) => checksum(`${secret}\n${text}`),
    hash: checksum,
    payments: createSandboxProvider({ publicUrl: internalUrl, sign: async (text) => checksum(text) }),
    renderInvoice: renderPlainInvoice,
    ...(notices && { notices }),
    // The test's own timers may be fake, and a change is told all the same; nobody has to be spared many of them.
    schedule(run, delayMs) {
      const delay = gathersChanges || delayMs > gatheringMsMax ? delayMs : 1;
      const timer = realTimers.setTimeout(run, delay);
      if (typeof timer === 'object' && 'unref' in timer) (timer as { unref(): void }).unref();
      return () => realTimers.clearTimeout(timer);
    },
    log: {
      info() {},
      warn() {},
      // A request that was refused is told as an error too, and is no mistake of the mock.
      error({ err, ...fields }, message) {
        if (err !== undefined) log(`${message} ${JSON.stringify(fields)}`, err);
      },
    },
  });
  const engine: Engine = {
    app,
    clock,
    newId,
    backend: createHostBackend({
      baseUrl: internalUrl,
      secretKey,
      newKey: newId,
      fetch: (request) => app.fetch(request),
    }),
    snapshot() {
      if (!('copy' in store)) throw new TypeError('Only a store in memory can be copied.');
      return {
        store: (store as MemoryStore).copy(),
        nowMs: clock.nowMs(),
        idsMade,
        randomState: random.state(),
      };
    },
  };
  return engine;
}

/** Makes an account with a member of each role. */
export async function putAccount(
  { backend }: Engine,
  accountId: string,
  input: Parameters<HostBackend['putAccount']>[1],
  names: PlannedScenario['memberNames'] = {},
): Promise<void> {
  await backend.putAccount(accountId, { name: accountId, ...input });
  for (const role of memberRoles) {
    await backend.putMember(accountId, role, { role, name: names[role] ?? nameOfRole(role) });
  }
}

/** Lives through what a scenario planned, up to the mock's `now`; gives the server that has. */
export async function runScenario(
  planned: PlannedScenario,
  { nowMs, account, ...options }: EngineOptions & { nowMs: number; account: object },
): Promise<Engine> {
  const { catalog, beginsAtMs, steps, memberNames } = planned;
  const { random } = options;
  const engine = createEngine({ catalog, nowMs: beginsAtMs }, options);
  const { backend, clock, app } = engine;
  const goTo = (atMs: number) => clock.moveTo(Math.min(nowMs, Math.max(clock.nowMs(), atMs)));
  const wait = async (span: Span) => goTo(clock.nowMs() + parseSpan(span));
  const own = { name: 'Acme', ...planned.account, ...account };
  await putAccount(engine, defaultAccountId, own, memberNames);
  const tools = {
    catalog,
    backend,
    random,
    wait,
    account: accountOf(engine, { accountId: defaultAccountId, catalog, wait, change: (run) => run() }),
    async enterCard(card: string) {
      await backend.addPaymentMethod(defaultAccountId, card);
      await app.tick();
    },
  };
  const lapse = async (toMs: number) => {
    const untilMs = Math.min(nowMs, toMs);
    // A charge is made between requests and its next attempt counted from it, so time passes by the day where there may be some.
    if (catalog.billing !== undefined) {
      while (clock.nowMs() + msPerDay < untilMs) {
        clock.moveTo(clock.nowMs() + msPerDay);
        await app.tick();
      }
    }
    goTo(untilMs);
    await app.tick();
  };
  for (const { atMs, step } of steps) {
    if (atMs > clock.nowMs()) await lapse(atMs);
    await step(tools);
  }
  await lapse(nowMs);
  return engine;
}

export function accountOf(
  { backend, newId }: Pick<Engine, 'backend' | 'newId'>,
  {
    accountId,
    ...options
  }: { accountId: string } & Omit<Parameters<typeof createMockAccount>[1], 'backend' | 'newId'>,
): MockAccount {
  return createMockAccount(accountId, { backend, newId, ...options });
}

function nameOfRole(role: string): string {
  const words = role.replace('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}
