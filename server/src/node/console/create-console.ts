import { AttemptBudget } from '../../app/callers/attempt-budget.ts';
import type { App } from '../../app/create-app.ts';
import { isReported, toAppError } from '../../app/http/reply/problem.ts';
import { readBytes } from '../../app/http/request/parse-input.ts';
import type { ErrorCode } from '../../contract/http/errors.ts';
import { headers as headerNames } from '../../contract/http/headers.ts';
import { paths } from '../../contract/http/paths.ts';
import { decoded, mayCallAsMember, mayOperatorCall } from './console-calls.ts';
import type { ConsoleFiles } from './console-files.ts';
import {
  type ConsoleSession,
  ConsoleSessions,
  type IssuedToken,
  sessionMinutes,
} from './console-sessions.ts';

/** Where the console stands. */
export const consolePath = '/console';
const cookieName = 'usagekit_console';
/** Attempts to sign in from one address: so many in a row, and then so many a minute. */
const signIns = { inARow: 10, perMinute: 6 };
const signInBytesMax = 2_000;
/** Tokens by which the console looks at an account as a member does. */
const memberTokenSeconds = 300;

/** Nothing but the console's own files runs in its page, and no other page shows it. */
const safeHeaders: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** The headers of API answers that the console's page reads. */
const passedOn = [
  'content-type',
  'content-disposition',
  'etag',
  'retry-after',
  headerNames.accountVersion.toLowerCase(),
  headerNames.idempotentReplayed.toLowerCase(),
  headerNames.requestId.toLowerCase(),
];

export interface ConsoleOptions {
  readonly app: Pick<App, 'fetch' | 'refuse' | 'signIn' | 'resumeSignIn' | 'log'>;
  readonly files: ConsoleFiles;
  readonly mode: 'test' | 'live';
  nowMs(): number;
  /** Seals the sessions' cookies; the same for every process of the installation. */
  readSecret(): Promise<string>;
  /** Where browsers reach the server; null where it is reached by its own address. */
  readonly publicUrl: string | null;
  /** Whether a proxy in front is believed when it says that the browser spoke https. */
  readonly hasProxy: boolean;
}

/** The operator's console: files for a browser, a session, and a way to the API that the session's key opens. */
export interface OperatorConsole {
  /** Whether the request is for the console. */
  owns(request: Request): boolean;
  answer(request: Request, address: string | null): Promise<Response>;
  /** Ends every session with what it has open. */
  close(): void;
}

/**
 * Makes the console a host of the API like any other: the key that an operator signs in with goes to the browser only sealed, in a
 * cookie that no script can read and nobody but the servers can open, and each of its calls goes to the app with the key. So the API's checks, limits and audit apply
 * to the console too, and a revoked key opens nothing any more.
 */
export function createConsole(options: ConsoleOptions): OperatorConsole {
  const { app, nowMs, readSecret } = options;
  const sessions = new ConsoleSessions({ app, nowMs, readSecret });
  const budget = new AttemptBudget({ nowMs }, signIns);

  async function answer(request: Request, address: string | null): Promise<Response> {
    const url = new URL(request.url);
    const path = url.pathname.slice(consolePath.length);
    if (path === '')
      return safe(new Response(null, { status: 302, headers: { location: `${consolePath}/` } }));
    const isCall = path === '/session' || path.startsWith('/api/') || path.startsWith('/as/');
    if (!isCall) return file(options.files, request, path);
    if (!isOwnPage(request, url, options.publicUrl))
      return refuse('forbidden', 'Only the pages of the console may ask this');
    if (path === '/session') return answerSession(request, url, address);
    const session = await sessionOf(request, address);
    if (session instanceof Response) return session;
    if (session === undefined) return refuse('missing_credentials', 'Sign in first');
    return path.startsWith('/api/')
      ? callAsOperator(session, { request, address, path: path.slice('/api'.length), search: url.search })
      : callAsMember(session, { request, address, path: path.slice('/as'.length), search: url.search });
  }

  async function answerSession(request: Request, url: URL, address: string | null): Promise<Response> {
    if (request.method === 'POST') return signIn(request, url, address);
    const session = await sessionOf(request, address);
    if (session instanceof Response) return session;
    if (request.method === 'GET')
      return session === undefined
        ? refuse('missing_credentials', 'Sign in first')
        : json(sessionView(session, options.mode));
    if (request.method !== 'DELETE')
      return refuse('method_not_allowed', 'This address takes GET, POST, DELETE');
    // In this process it is over whatever becomes of its record.
    if (session !== undefined) await sessions.end(cookieOf(request), session).catch(() => {});
    return safe(
      new Response(null, { status: 204, headers: { 'set-cookie': cookie('', 0, isSecure(request, url)) } }),
    );
  }

  async function signIn(request: Request, url: URL, address: string | null): Promise<Response> {
    const attempter = address ?? 'unknown';
    if (!budget.mayTry(attempter))
      return refuse('too_many_attempts', 'Too many attempts to sign in; wait a minute', {
        'retry-after': '60',
      });
    // Counted before the key is checked, so that parallel attempts count like successive ones.
    budget.spend(attempter);
    const key = await keyIn(request);
    if (key === undefined) return refuse('invalid_request', 'Send {"key": "sk_..."} as JSON');
    try {
      const { cookie: sealed, session } = await sessions.open(key, address);
      const before = await sessionOf(request, address);
      if (before !== undefined && !(before instanceof Response))
        await sessions.end(cookieOf(request), before).catch(() => {});
      return json(sessionView(session, options.mode), {
        'set-cookie': cookie(sealed, sessionMinutes * 60, isSecure(request, url)),
      });
    } catch (error) {
      return refusalOf(error);
    }
  }

  /** The session of a request's cookie, or why it cannot be told. */
  async function sessionOf(
    request: Request,
    address: string | null,
  ): Promise<ConsoleSession | Response | undefined> {
    try {
      return await sessions.find(cookieOf(request), address);
    } catch (error) {
      return refusalOf(error);
    }
  }

  function refusalOf(error: unknown): Response {
    const known = toAppError(error);
    if (known === null) throw error;
    if (isReported(known)) app.log.error({ err: error }, 'A session of the console could not be told');
    return refuse(known.code, known.message);
  }

  async function callAsOperator(session: ConsoleSession, call: ConsoleCall): Promise<Response> {
    const { method } = call.request;
    if (!mayOperatorCall(method, call.path))
      return refuse('forbidden', `The console does not ask for ${method} ${call.path}`);
    return pass(session, call, session.key);
  }

  /** `/{accountId}/{memberId}/v1/...`: as the member has it. */
  async function callAsMember(session: ConsoleSession, call: ConsoleCall): Promise<Response> {
    const [, accountId = '', memberId = '', ...rest] = call.path.split('/');
    const path = `/${rest.join('/')}`;
    if (!mayCallAsMember(call.request.method, path))
      return refuse('forbidden', 'The console shows what a member sees, and does nothing in their name');
    const ids = { accountId: decoded(accountId), memberId: decoded(memberId) };
    const issued = await memberToken(session, call, ids);
    if (issued.token !== null) return pass(session, { ...call, path }, issued.token);
    const head = { 'content-type': 'application/problem+json', 'cache-control': 'no-store' };
    return safe(new Response(issued.problem, { status: issued.status, headers: head }));
  }

  /** Parallel requests of a page share one token, and looking at an account is recorded once per session. */
  function memberToken(session: ConsoleSession, call: ConsoleCall, ids: MemberIds): Promise<IssuedToken> {
    const name = `${ids.accountId}/${ids.memberId}`;
    const known = session.tokens.get(name);
    if (known !== undefined && known.renewAtMs > nowMs()) return known.issued;
    const issued = issueToken(session, call, { ids, isFirst: known === undefined });
    session.tokens.set(name, { issued, renewAtMs: nowMs() + (memberTokenSeconds / 2) * 1_000 });
    const forget = () => session.tokens.delete(name);
    issued.then(({ token }) => token === null && forget(), forget);
    return issued;
  }

  async function issueToken(
    session: ConsoleSession,
    { address }: ConsoleCall,
    { ids, isFirst }: { ids: MemberIds; isFirst: boolean },
  ): Promise<IssuedToken> {
    const head = headOf(session, session.key);
    head.set('content-type', 'application/json');
    const body = JSON.stringify({ ...ids, lifetimeSeconds: memberTokenSeconds });
    const answered = await app.fetch(
      new Request(`http://console${paths.tokens}`, { method: 'POST', headers: head, body }),
      address,
    );
    const text = await answered.text();
    if (!answered.ok) return { token: null, status: answered.status, problem: text };
    if (isFirst) await session.operator.note('console view', { memberId: ids.memberId }, ids.accountId);
    return { token: (JSON.parse(text) as { token: string }).token };
  }

  async function pass(session: ConsoleSession, call: ConsoleCall, credentials: string): Promise<Response> {
    const { request, path, search, address } = call;
    const head = headOf(session, credentials);
    for (const name of ['accept', 'content-type', 'if-none-match', headerNames.idempotencyKey]) {
      const value = request.headers.get(name);
      if (value !== null) head.set(name, value);
    }
    let body: Uint8Array<ArrayBuffer> | null;
    try {
      body = request.body === null ? null : await readBytes(request);
    } catch (error) {
      return refusalOf(error);
    }
    const answered = await app.fetch(
      new Request(`http://console${path}${search}`, { method: request.method, headers: head, body }),
      address,
    );
    return passOn(answered, session);
  }

  function refuse(code: ErrorCode, detail: string, more: Readonly<Record<string, string>> = {}): Response {
    return safe(app.refuse(code, detail), more);
  }

  const isSecure = (request: Request, url: URL) =>
    url.protocol === 'https:' ||
    options.publicUrl?.startsWith('https:') === true ||
    (options.hasProxy && request.headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https');

  return {
    owns(request) {
      // Most requests are none of the console's, and are told by a glance.
      if (!request.url.includes(consolePath)) return false;
      const { pathname } = new URL(request.url);
      return pathname === consolePath || pathname.startsWith(`${consolePath}/`);
    },
    answer,
    close: () => sessions.close(),
  };
}

interface MemberIds {
  readonly accountId: string;
  readonly memberId: string;
}

interface ConsoleCall {
  readonly request: Request;
  readonly address: string | null;
  /** Path of the API. */
  readonly path: string;
  readonly search: string;
}

/**
 * Whether a page of the console asks. The cookie goes with no request of another site (`SameSite=Strict`); this holds for other
 * origins of the same site too, and for browsers that do not know the attribute.
 */
function isOwnPage({ method, headers }: Request, url: URL, publicUrl: string | null): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return false;
  const origin = headers.get('origin');
  if (origin === null) return method === 'GET';
  if (publicUrl !== null && origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === url.host;
}

/** Its name says over https that it came so; a page cannot set it then. */
function cookie(value: string, seconds: number, isSecure: boolean): string {
  const name = isSecure ? `__Secure-${cookieName}` : cookieName;
  return `${name}=${value}; Path=${consolePath}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
}

function cookieOf({ headers }: Request): string {
  const match = new RegExp(`(?:^|;\\s*)(?:__Secure-)?${cookieName}=([\\w-]{60,3000})(?:;|$)`).exec(
    headers.get('cookie') ?? '',
  );
  return match?.[1] ?? '';
}

async function keyIn(request: Request): Promise<string | undefined> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) return undefined;
  try {
    const body: unknown = JSON.parse(new TextDecoder().decode(await readBytes(request, signInBytesMax)));
    if (typeof body !== 'object' || body === null || !('key' in body)) return undefined;
    return typeof body.key === 'string' ? body.key.trim() : undefined;
  } catch {
    return undefined;
  }
}

/** Each request carries the session's name, so that log and audit show which actions belong to one session. */
function headOf(session: ConsoleSession, credentials: string): Headers {
  session.requests += 1;
  return new Headers({
    authorization: `Bearer ${credentials}`,
    [headerNames.requestId]: `console-${session.name}-${session.requests}`,
  });
}

function passOn(answered: Response, { ended }: ConsoleSession): Response {
  const head: Record<string, string> = { 'cache-control': 'no-store' };
  for (const name of passedOn) {
    const value = answered.headers.get(name);
    if (value !== null) head[name] = value;
  }
  // A stream has no end of its own; signing out is one.
  const isStream = answered.headers.get('content-type')?.startsWith('text/event-stream') === true;
  const body = isStream && answered.body !== null ? untilEnded(answered.body, ended.signal) : answered.body;
  return safe(new Response(body, { status: answered.status, headers: head }));
}

/** The same bytes, and an end to them when the session ends. */
function untilEnded(body: ReadableStream<Uint8Array>, signal: AbortSignal): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  const end = () => void reader.cancel();
  signal.addEventListener('abort', end, { once: true });
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) return controller.enqueue(value);
      signal.removeEventListener('abort', end);
      controller.close();
    },
    cancel(reason) {
      signal.removeEventListener('abort', end);
      return reader.cancel(reason);
    },
  });
}

function file(files: ConsoleFiles, { method, headers }: Request, path: string): Response {
  if (method !== 'GET' && method !== 'HEAD') return safe(new Response(null, { status: 405 }));
  const named = files.get(path.slice(1));
  const isAsset = path.startsWith('/assets/');
  const found = named ?? (isAsset ? undefined : files.get('index.html'));
  if (found === undefined) return safe(new Response('Not found', { status: 404 }));
  const head = {
    etag: found.etag,
    'cache-control': found.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (headers.get('if-none-match') === found.etag)
    return safe(new Response(null, { status: 304, headers: head }));
  return safe(
    new Response(method === 'HEAD' ? null : found.content, {
      headers: { ...head, 'content-type': found.type },
    }),
  );
}

function sessionView({ operator, endsAtMs }: ConsoleSession, mode: 'test' | 'live') {
  return { key: operator.name, mode, endsAt: new Date(endsAtMs).toISOString() };
}

function json(value: unknown, more: Readonly<Record<string, string>> = {}): Response {
  return safe(Response.json(value), { 'cache-control': 'no-store', ...more });
}

/** Headers of every answer of the console; none may be used by another origin. */
function safe(response: Response, more: Readonly<Record<string, string>> = {}): Response {
  for (const [name, value] of Object.entries({ ...safeHeaders, ...more })) response.headers.set(name, value);
  return response;
}
