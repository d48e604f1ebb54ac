import { createHash, randomBytes } from 'node:crypto';
import type { Operator } from '../../app/create-app.ts';

/** How long an operator stays signed in, regardless of activity. */
export const sessionMinutes = 60;
/** Who signs in beyond these ends the oldest session. */
const sessionsMax = 1_000;

/** An operator who is signed in. Its key stays in this process and never goes back to a browser. */
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

/**
 * Sessions of the console, in the memory of one process: a restart ends them, and so does signing out, at once. They are found by a
 * hash of their secret, so that how long a look-up takes tells nothing of it.
 */
export class ConsoleSessions {
  readonly #nowMs: () => number;
  readonly #sessions = new Map<string, ConsoleSession>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Opens a session; its secret is in this answer and nowhere else. */
  open(key: string, operator: Operator): { secret: string; session: ConsoleSession } {
    this.#endOver();
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= sessionsMax && oldest !== undefined) this.#end(oldest);
    const secret = randomBytes(32).toString('base64url');
    const session: ConsoleSession = {
      name: randomBytes(6).toString('hex'),
      key,
      operator,
      endsAtMs: this.#nowMs() + sessionMinutes * 60_000,
      ended: new AbortController(),
      tokens: new Map(),
      requests: 0,
    };
    this.#sessions.set(hashOf(secret), session);
    return { secret, session };
  }

  /** Undefined where there is none, or where its time is over. */
  find(secret: string): ConsoleSession | undefined {
    this.#endOver();
    return this.#sessions.get(hashOf(secret));
  }

  end(secret: string): void {
    this.#end(hashOf(secret));
  }

  close(): void {
    for (const hash of [...this.#sessions.keys()]) this.#end(hash);
  }

  /** All last equally long, so that the oldest are over first. */
  #endOver(): void {
    for (const [hash, session] of this.#sessions) {
      if (session.endsAtMs > this.#nowMs()) return;
      this.#end(hash);
    }
  }

  #end(hash: string): void {
    this.#sessions.get(hash)?.ended.abort();
    this.#sessions.delete(hash);
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
