import type { Clock } from '../app-options.ts';
import { AppError } from '../http/reply/problem.ts';
import type { AttemptBudget } from './attempt-budget.ts';
import type { Caller } from './caller.ts';

import { extensionKeyPrefix, type Keys } from './keys.ts';
import { type Tokens, tokenPrefix } from './tokens.ts';

const secretKeyPattern = /^sk_(test|live)_/;

/** The credentials of a request. */
export interface Credentials {
  readonly authorization: string | null;
  readonly origin: string | null;
  /** Where it came from; null where that is not known. */
  readonly address: string | null;
}

/** Finds out who calls, from the `Authorization` header or a token that came another way. */
export class Authenticator {
  readonly #clock: Clock;
  readonly #tokens: Tokens;
  readonly #keys: Keys;
  readonly #attempts: AttemptBudget;

  constructor(clock: Clock, tokens: Tokens, keys: Keys, attempts: AttemptBudget) {
    this.#clock = clock;
    this.#tokens = tokens;
    this.#keys = keys;
    this.#attempts = attempts;
  }

  /**
   * The caller, at once where the credentials were verified before.
   * @throws AppError `missing_credentials`, `invalid_credentials`, `too_many_attempts`, `expired_credentials`,
   * `secret_key_in_browser`.
   */
  fromHeaders({ authorization, origin, address }: Credentials): Caller | Promise<Caller> {
    if (authorization === null || authorization === '')
      throw new AppError('missing_credentials', 'Send a key or a token as Authorization: Bearer ...');
    if (/^bearer *$/i.test(authorization))
      throw new AppError(
        'missing_credentials',
        'After Bearer the key or token is missing; the caller has an empty one',
      );
    if (!/^bearer /i.test(authorization))
      throw new AppError('invalid_credentials', 'The Authorization header must begin with Bearer');
    return this.fromCredentials(authorization.slice(7).trim(), origin, address);
  }

  /** The caller that a key or token stands for. */
  fromCredentials(
    credentials: string,
    origin: string | null,
    address: string | null,
  ): Caller | Promise<Caller> {
    const isSecret = secretKeyPattern.test(credentials);
    // Browsers always send Origin; a secret key in the same request has been shipped to the public.
    if (isSecret && origin !== null)
      throw new AppError(
        'secret_key_in_browser',
        'A secret key must stay on your server. Browsers take a token from POST /v1/tokens',
      );
    const isKey = isSecret || credentials.startsWith(extensionKeyPrefix);
    const known = isKey ? this.#keys.known(credentials) : this.#tokens.known(credentials);
    if (known !== undefined) return this.#unlessExpired(known);
    if (isKey) return this.#verifyKey(credentials, address).then((caller) => this.#unlessExpired(caller));
    if (credentials.startsWith(tokenPrefix))
      return this.#tokens.verify(credentials).then((caller) => this.#unlessExpired(caller));
    throw new AppError('invalid_credentials', 'The credentials are neither a key nor a token of this server');
  }

  /** A key that is not known costs a look at the store, and may be a guess. */
  async #verifyKey(secret: string, address: string | null): Promise<Caller> {
    if (address === null || this.#keys.wasKnown(secret)) return this.#keys.verify(secret);
    if (!this.#attempts.mayTry(address))
      throw new AppError('too_many_attempts', 'Too many wrong keys came from this address; wait a moment');
    try {
      return await this.#keys.verify(secret);
    } catch (error) {
      if (error instanceof AppError && error.code === 'invalid_credentials') this.#attempts.spend(address);
      throw error;
    }
  }

  #unlessExpired<Known extends Caller>(caller: Known): Known {
    if (caller.expiresAtMs !== null && caller.expiresAtMs <= this.#clock.nowMs())
      throw new AppError('expired_credentials', 'The token or key has expired; get a new one');
    return caller;
  }
}
