import { createHash, randomBytes } from 'node:crypto';
import type { App, Operator } from '../../app/create-app.ts';
import { openSealedSession, sealSession } from './sealed-cookie.ts';

/** How long an operator stays signed in, regardless of activity. */
export const sessionMinutes = 60;
/** Sessions beyond these are forgotten here, the oldest first; their cookies make them again. */
const sessionsMax = 1_000;
/** How soon a session that was ended in another process is over in this one. */
const lookMs = 5_000;

/** An operator who is signed in. The key goes to a browser in no form that it can read. */
export interface ConsoleSession {
  /** Names it in logs and in the audit; nobody can sign in by it. */
  readonly name: string;
  readonly key: string;
  readonly operator: Operator;
  readonly endsAtMs: number;
  /** Ends what the session has open. */
  readonly ended: AbortController;
  /** Members' views are read with their own tokens, by account and member. */
  readonly tokens: Map<string, MemberToken>;
  requests: number;
}

/** A token, or the answer of the API that refused one. */
export type IssuedToken =
  | { readonly token: string }
  | { readonly token: null; readonly status: number; readonly problem: string };

export interface MemberToken {
  readonly issued: Promise<IssuedToken>;
  readonly renewAtMs: number;
}

interface Known {
  readonly session: ConsoleSession;
  lookedAtMs: number;
}

export interface SessionsOptions {
  readonly app: Pick<App, 'signIn' | 'resumeSignIn'>;
  nowMs(): number;
  /** Seals cookies; the same for every process of the installation. */
  readSecret(): Promise<string>;
}

/**
 * Sessions of the console. The cookie holds the whole session, sealed, so that any process of the installation makes it again, after a
 * restart too. It is over when its hour is, when its key is revoked, and when it signs out: that stands in the audit, where every
 * process looks. They are found by a hash of the cookie, so that how long a look-up takes tells nothing of it.
 */
export class ConsoleSessions {
  readonly #options: SessionsOptions;
  #readSecret: Promise<string> | undefined;
  readonly #known = new Map<string, Known>();
  readonly #opening = new Map<string, Promise<Known | undefined>>();
  /** Sessions that were ended here, until their hour is over: also where that could not be recorded. */
  readonly #ended = new Map<string, number>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Opens a session. @throws as `App.signIn` */
  async open(key: string, address: string | null): Promise<{ cookie: string; session: ConsoleSession }> {
    const { app, nowMs } = this.#options;
    const name = randomBytes(6).toString('hex');
    const secret = await this.#secret();
    const operator = await app.signIn(key, { address, session: name });
    const endsAtMs = nowMs() + sessionMinutes * 60_000;
    const cookie = sealSession({ key, name, signInId: operator.signInId, endsAtMs }, secret);
    const { session } = this.#add(hashOf(cookie), newSession({ key, name, operator, endsAtMs }));
    return { cookie, session };
  }

  /**
   * Undefined where the cookie opens nothing, or nothing any more.
   * @throws AppError as `App.signIn`; StoreUnavailableError: nobody is let in by a guess.
   */
  async find(cookie: string, address: string | null): Promise<ConsoleSession | undefined> {
    if (cookie === '') return undefined;
    this.#endOver();
    const hash = hashOf(cookie);
    if (this.#ended.has(hash)) return undefined;
    const known = this.#known.get(hash) ?? (await this.#openOnce(hash, cookie, address));
    if (known === undefined || this.#ended.has(hash)) return undefined;
    const nowMs = this.#options.nowMs();
    if (nowMs - known.lookedAtMs < lookMs) return known.session;
    if (await known.session.operator.isSignedIn()) {
      known.lookedAtMs = nowMs;
      return known.session;
    }
    this.#end(hash);
    return undefined;
  }

  /** Ends a session here at once, and everywhere as soon as that is recorded. */
  async end(cookie: string, session: ConsoleSession): Promise<void> {
    const hash = hashOf(cookie);
    this.#ended.set(hash, session.endsAtMs);
    this.#end(hash);
    await session.operator.signOut();
  }

  close(): void {
    for (const hash of [...this.#known.keys()]) this.#end(hash);
  }

  /** Requests of one page come together; they share one session. */
  #openOnce(hash: string, cookie: string, address: string | null): Promise<Known | undefined> {
    const opening = this.#opening.get(hash) ?? this.#open(hash, cookie, address);
    this.#opening.set(hash, opening);
    const forget = () => this.#opening.delete(hash);
    opening.then(forget, forget);
    return opening;
  }

  async #open(hash: string, cookie: string, address: string | null): Promise<Known | undefined> {
    const { app, nowMs } = this.#options;
    const sealed = openSealedSession(cookie, await this.#secret());
    if (sealed === undefined || sealed.endsAtMs <= nowMs()) return undefined;
    const { key, name, signInId, endsAtMs } = sealed;
    const operator = await app.resumeSignIn(key, { address, signInId });
    return operator === null ? undefined : this.#add(hash, newSession({ key, name, operator, endsAtMs }));
  }

  /** Read once: a cookie that somebody made up costs the store nothing. */
  #secret(): Promise<string> {
    this.#readSecret ??= this.#options.readSecret();
    // A store that could not be reached is asked again.
    this.#readSecret.catch(() => {
      this.#readSecret = undefined;
    });
    return this.#readSecret;
  }

  #add(hash: string, session: ConsoleSession): Known {
    const [oldest] = this.#known.keys();
    if (this.#known.size >= sessionsMax && oldest !== undefined) this.#end(oldest);
    const known = { session, lookedAtMs: this.#options.nowMs() };
    this.#known.set(hash, known);
    return known;
  }

  #endOver(): void {
    const nowMs = this.#options.nowMs();
    for (const [hash, { session }] of this.#known) if (session.endsAtMs <= nowMs) this.#end(hash);
    for (const [hash, endsAtMs] of this.#ended) if (endsAtMs <= nowMs) this.#ended.delete(hash);
  }

  #end(hash: string): void {
    this.#known.get(hash)?.session.ended.abort();
    this.#known.delete(hash);
  }
}

function newSession(of: Pick<ConsoleSession, 'key' | 'name' | 'operator' | 'endsAtMs'>): ConsoleSession {
  return { ...of, ended: new AbortController(), tokens: new Map(), requests: 0 };
}

function hashOf(cookie: string): string {
  return createHash('sha256').update(cookie).digest('base64url');
}
