import type { Clock } from '../app-options.ts';
import { AppError } from '../http/problem.ts';
import type { Caller } from './caller.ts';
import { extensionKeyPrefix, type Keys } from './keys.ts';
import { type Tokens, tokenPrefix } from './tokens.ts';

const secretKeyPattern = /^sk_(test|live)_/;

/** Finds out who calls, from the `Authorization` header or a token that came another way. */
export class Authenticator {
  readonly #clock: Clock;
  readonly #tokens: Tokens;
  readonly #keys: Keys;

  constructor(clock: Clock, tokens: Tokens, keys: Keys) {
    this.#clock = clock;
    this.#tokens = tokens;
    this.#keys = keys;
  }

  /**
   * The caller, at once where the credentials were verified before.
   * @throws AppError `missing_credentials`, `invalid_credentials`, `expired_credentials`, `secret_key_in_browser`.
   */
  fromHeaders(authorization: string | null, origin: string | null): Caller | Promise<Caller> {
    if (authorization === null || authorization === '')
      throw new AppError('missing_credentials', 'Send a key or a token as Authorization: Bearer ...');
    if (!/^bearer /i.test(authorization))
      throw new AppError('invalid_credentials', 'The Authorization header must begin with Bearer');
    return this.fromCredentials(authorization.slice(7).trim(), origin);
  }

  /** The caller that a key or token stands for. */
  fromCredentials(credentials: string, origin: string | null): Caller | Promise<Caller> {
    const isSecret = secretKeyPattern.test(credentials);
    // Browsers send Origin and cannot be told not to; a secret key beside it has been shipped to the public.
    if (isSecret && origin !== null)
      throw new AppError(
        'secret_key_in_browser',
        'A secret key must stay on your server. Browsers take a token from POST /v1/tokens',
      );
    const isKey = isSecret || credentials.startsWith(extensionKeyPrefix);
    const known = isKey ? this.#keys.known(credentials) : this.#tokens.known(credentials);
    if (known !== undefined) return this.#unlessExpired(known);
    if (isKey) return this.#keys.verify(credentials).then((caller) => this.#unlessExpired(caller));
    if (credentials.startsWith(tokenPrefix))
      return this.#tokens.verify(credentials).then((caller) => this.#unlessExpired(caller));
    throw new AppError('invalid_credentials', 'This is neither a key nor a token of this server');
  }

  #unlessExpired<Known extends Caller>(caller: Known): Known {
    if (caller.expiresAtMs !== null && caller.expiresAtMs <= this.#clock.nowMs())
      throw new AppError('expired_credentials', 'The token or key has ended; get a new one');
    return caller;
  }
}
