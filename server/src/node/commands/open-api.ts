import { randomBytes } from 'node:crypto';
import { userInfo } from 'node:os';
import { createApp } from '../../app/create-app.ts';
import type { ProblemCode } from '../../contract/http/errors.ts';
import type { InvalidParameter, Problem } from '../../contract/http/problem.ts';
import { isWebAddress } from '../../contract/values/web-address.ts';
import type { PaymentProvider } from '../../payments/payment-provider.ts';
import { createSandboxProvider } from '../../payments/sandbox-provider.ts';
import { createStripeProvider } from '../../payments/stripe/create-stripe-provider.ts';
import { type Config, readConfig, stripeOf } from '../config/config.ts';
import { openExistingStore } from '../database/open-store.ts';
import { writeArchive } from '../exports/write-archive.ts';
import { writeParquet } from '../exports/write-parquet.ts';
import { packageVersion } from '../package-version.ts';
import { newId } from '../server/new-id.ts';
import { type CommandInput, UsageError } from './command.ts';

/** The server's own API, for commands: over HTTP to a server that runs, or on the database when none does. */
export interface Api {
  /** @throws ApiError for every answer that is no success. */
  call<Answer>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** An answer that is no JSON, as it comes. @throws ApiError for every answer that is no success. */
  download(path: string): Promise<Response>;
  close(): Promise<void>;
}

/** A request was answered with a problem. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** The problem's own; `no_answer` where nobody answered, and `not_usagekit` where somebody else did. */
  readonly code: ProblemCode | 'no_answer' | 'not_usagekit';
  readonly invalidParameters: readonly InvalidParameter[];

  constructor(status: number, problem: Partial<Problem>, options?: ErrorOptions) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}`, options);
    this.status = status;
    this.code = problem.code ?? (status === 0 ? 'no_answer' : 'not_usagekit');
    this.invalidParameters = problem.invalidParameters ?? [];
  }
}

/** Flags of every command that uses the API. */
export const apiFlags = {
  server:
    'URL of a running server, whose key is in USAGEKIT_SECRET_KEY; by default the command opens the database',
  database: 'SQLite file that no server has open',
  'database-url': 'PostgreSQL instead of the file',
  'database-schema': 'PostgreSQL schema of the tables; usagekit by default',
} as const;

/** Those of them that name a database to open here. */
const databaseFlags = ['database', 'database-url', 'database-schema'] as const;

/** Flags of a command that also asks the payment provider, where no server is named. */
export const paymentFlags = {
  'stripe-secret-key': 'Secret key of Stripe, if no server is named',
  'stripe-webhook-secret': 'Signing secret of the Stripe endpoint, as on the server',
  'stripe-api-url': "URL of Stripe's API",
} as const;

/**
 * Opens the API as the flags say, with the payment provider only if the command asks it, and closes it when `use` has ended or
 * thrown.
 */
export async function withApi<Result>(
  input: CommandInput,
  use: (api: Api) => Promise<Result>,
  options?: { readonly asksProvider?: boolean },
): Promise<Result> {
  const api = await openApi(input, options);
  try {
    return await use(api);
  } finally {
    await api.close();
  }
}

/** The API until it is closed, for a command that hands it on; others take `withApi`. */
export async function openApi(
  { flags, environment }: CommandInput,
  { asksProvider = false } = {},
): Promise<Api> {
  if (flags.server !== undefined) {
    const other = databaseFlags.find((flag) => flags[flag] !== undefined);
    if (other !== undefined)
      throw new UsageError(`--server and --${other} name two places: give one of them.`);
    return overHttp(flags.server, environment.USAGEKIT_SECRET_KEY);
  }
  const config = readConfig(flags, environment);
  const store = await openExistingStore(config);
  const key = `sk_${config.mode}_${randomBytes(24).toString('base64url')}`;
  const app = createApp({
    store,
    clock: { nowMs: () => Date.now() },
    newId,
    mode: config.mode,
    secretKeys: [key],
    operator: userInfo().username,
    retention: { noticeDays: config.noticeDays, auditDays: config.auditDays },
    writeArchive,
    writeParquet,
    version: packageVersion(),
    afterTurn: setImmediate,
    ...(asksProvider ? { payments: providerOf(config) } : {}),
  });
  return apiOf(
    'http://localhost',
    key,
    (request) => app.fetch(request),
    async () => {
      await app.close();
      await store.close();
    },
  );
}

/** The provider that a server with these settings pays by. The sandbox's pages are not served here. */
function providerOf({ publicUrl, ...config }: Config): PaymentProvider {
  const stripe = stripeOf(config);
  return stripe === null
    ? createSandboxProvider({ publicUrl: '', sign: async () => '' })
    : createStripeProvider({ ...stripe, publicUrl: publicUrl ?? '' });
}

function overHttp(server: string, key: string | undefined): Api {
  if (key === undefined || key === '')
    throw new UsageError('Set USAGEKIT_SECRET_KEY to a secret key of the server.');
  if (!isWebAddress(server))
    throw new UsageError(`--server: '${server}' is no address; one such as http://127.0.0.1:4310 is.`);
  const ask = (request: Request) =>
    fetch(request).catch((error: unknown) => {
      throw new ApiError(0, { detail: `No server answers at ${server}.` }, { cause: error });
    });
  return apiOf(server.replace(/\/$/, ''), key, ask, async () => {});
}

function apiOf(
  baseUrl: string,
  key: string,
  send: (request: Request) => Promise<Response>,
  close: () => Promise<void>,
): Api {
  return {
    close,
    async download(path) {
      const response = await send(
        new Request(`${baseUrl}${path}`, { headers: { authorization: `Bearer ${key}` } }),
      );
      // A page is what something else answers, such as a proxy's sign-in; its text would go for the rows.
      const isPage = /^text\/html\b/.test(response.headers.get('content-type') ?? '');
      if (response.ok && !isPage) return response;
      const problem = parseAnswer(await response.text(), response.status, baseUrl);
      throw new ApiError(response.status, problem as Partial<Problem>);
    },
    async call<Answer>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
      const response = await send(
        new Request(`${baseUrl}${path}`, {
          method,
          headers: {
            authorization: `Bearer ${key}`,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      );
      const text = await response.text();
      const answer = parseAnswer(text, response.status, baseUrl);
      if (!response.ok) throw new ApiError(response.status, answer as Partial<Problem>);
      // The server's answers are held to the contract by its own tests.
      return answer as Answer;
    },
  };
}

/** @throws ApiError if something other than the server answers at the address. */
function parseAnswer(text: string, status: number, baseUrl: string): unknown {
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ApiError(status, { detail: `What answers at ${baseUrl} is no UsageKit server.` }, { cause });
  }
}

/** Every item of a list, page after page. */
export async function* everyItem<Item>(api: Api, path: string, limit = 500): AsyncGenerator<Item> {
  const separator = path.includes('?') ? '&' : '?';
  let cursor: string | null = '';
  while (cursor !== null) {
    const after: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Item[]; nextCursor: string | null } = await api.call(
      'GET',
      `${path}${separator}limit=${limit}${after}`,
    );
    yield* page.items;
    cursor = page.nextCursor;
  }
}
