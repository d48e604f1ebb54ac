import type { AccountInput, CatalogConfig, NoticeType, Role } from '@usagekit/server/contract';
import type { SandboxCard } from '@usagekit/server/payments';
import type { UsageKitClient } from '../../client/create-client.ts';
import type { Session } from '../../client/token-source.ts';
import type { MockAccount } from '../accounts/mock-account.ts';
import type { Span } from '../clock/mock-clock.ts';
import type { HostBackend } from '../engine/host-backend.ts';
import type { Fault } from '../faults/faults.ts';
import type { Hold, HoldOptions } from '../faults/held-requests.ts';
import type { RecordedRequest, RequestFilter } from '../requests/request-log.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import type { ScenarioName } from '../scenarios/scenarios.ts';
import type { MockWebhooks, WebhookReceiver } from '../webhooks/webhooks.ts';

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
    viewer?: ViewerOptions & { lifetimeSeconds?: number; language?: string },
  ): Promise<{ token: string; expiresAt: string }>;
  /**
   * A client of the SDK that asks this mock, with tokens for whatever session it is used with, in a language where the catalog has
   * `translations`.
   */
  client(options?: { language?: string }): UsageKitClient;
  /** Rejects where the ledger and a balance do not agree, and says which. */
  assertInvariants(): Promise<void>;
  /** Ends streams and timers. */
  close(): Promise<void>;
}
