import type { Role } from '../../contract/members/members.ts';
import type { Clock, Sign } from '../app-options.ts';
import { AppError } from '../http/reply/problem.ts';
import { BoundedCache } from './bounded-cache.ts';
import type { MemberCaller, VisitorCaller } from './caller.ts';

export const tokenPrefix = 'ukt_';

/** The claims of a token: account, member, the role it is narrowed to, the reader's language, when it expires and when it was issued. */
interface TokenClaims {
  readonly a: string;
  readonly m?: string;
  readonly n?: Role;
  readonly l?: string;
  readonly e: number;
  /** Missing in tokens of earlier versions. */
  readonly i?: number;
}

const verifiedMax = 20_000;

export interface TokensOptions {
  readonly clock: Clock;
  readonly sign: Sign;
  /** Asked at the first token, and again when it may have been changed. */
  readonly secret: () => Promise<string>;
  /** Puts another secret in its place; null where it is set by configuration. */
  readonly replaceSecret: (() => Promise<void>) | null;
}

/** Signs tokens for browsers and verifies them. What was verified is kept until it ends, since checking costs more than a debit. */
export class Tokens {
  readonly #verified = new BoundedCache<MemberCaller | VisitorCaller>(verifiedMax);
  readonly #options: TokensOptions;
  #secret: Promise<string> | undefined;

  constructor(options: TokensOptions) {
    this.#options = options;
  }

  async issue(claims: {
    accountId: string;
    memberId?: string;
    narrowTo?: Role;
    language?: string;
    expiresAtMs: number;
  }): Promise<string> {
    const { accountId, memberId, narrowTo, language, expiresAtMs } = claims;
    const payload: TokenClaims = {
      a: accountId,
      ...(memberId === undefined ? {} : { m: memberId }),
      ...(narrowTo === undefined ? {} : { n: narrowTo }),
      ...(language === undefined ? {} : { l: language }),
      e: expiresAtMs,
      i: this.#options.clock.nowMs(),
    };
    const body = toBase64Url(JSON.stringify(payload));
    return `${tokenPrefix}${body}.${await this.#sign(body)}`;
  }

  /** The caller at once where the token was verified before. */
  known(token: string): MemberCaller | VisitorCaller | undefined {
    return this.#verified.get(token);
  }

  /** @throws AppError `invalid_credentials`. The caller must check whether it has ended. */
  async verify(token: string): Promise<MemberCaller | VisitorCaller> {
    const known = this.#verified.get(token);
    if (known !== undefined) return known;
    const [body, signature, ...rest] = token.slice(tokenPrefix.length).split('.');
    if (body === undefined || signature === undefined || rest.length > 0) throw notValid();
    if (!equalInConstantTime(signature, await this.#sign(body))) throw notValid();
    const caller = toCaller(JSON.parse(fromBase64Url(body)));
    this.#verified.set(token, caller);
    return caller;
  }

  /** Ends every token that was ever signed. False where the secret is set by configuration. */
  async rotateSecret(): Promise<boolean> {
    const { replaceSecret } = this.#options;
    if (replaceSecret === null) return false;
    await replaceSecret();
    await this.reload();
    return true;
  }

  /** Reads the secret again. True where it is another one, so that every token has ended. */
  async reload(): Promise<boolean> {
    // Nothing was signed yet: the first signature reads it.
    if (this.#secret === undefined) return false;
    const before = await this.#secret;
    const now = await this.#options.secret();
    this.#secret = Promise.resolve(now);
    if (before === now) return false;
    this.#verified.deleteWhere(() => true);
    return true;
  }

  async #sign(body: string): Promise<string> {
    this.#secret ??= this.#options.secret().catch((error: unknown) => {
      // The next signature asks again: a standby gets the secret from its primary, and a database may be back.
      this.#secret = undefined;
      throw error;
    });
    return this.#options.sign(await this.#secret, body);
  }
}

// Only what this server signed comes here, so its form is known.
function toCaller(claims: TokenClaims): MemberCaller | VisitorCaller {
  const { a: accountId, m: memberId, n: narrowTo = null, l: language = null } = claims;
  const { e: expiresAtMs, i: issuedAtMs = 0 } = claims;
  if (memberId === undefined) return { kind: 'visitor', accountId, language, expiresAtMs };
  return { kind: 'member', accountId, memberId, narrowTo, language, issuedAtMs, expiresAtMs };
}

function notValid(): AppError {
  return new AppError('invalid_credentials', 'The token was not signed by this server');
}

function equalInConstantTime(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let index = 0; index < a.length; index++) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

function toBase64Url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): string {
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
}
