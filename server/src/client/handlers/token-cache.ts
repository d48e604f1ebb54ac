import type { Token, TokenRequest } from '../../contract/keys/keys.ts';

/** A token is renewed when this much of its life is left, in milliseconds. */
const spareMs = 60_000;
const tokensMax = 10_000;

/** Tokens by account, member and language, so that a proxy does not ask for one with each request. Bounded: the oldest go first. */
export class TokenCache {
  readonly #make: (subject: TokenRequest) => Promise<Token>;
  readonly #nowMs: () => number;
  readonly #made = new Map<string, Promise<Token>>();

  constructor(make: (subject: TokenRequest) => Promise<Token>, nowMs: () => number) {
    this.#make = make;
    this.#nowMs = nowMs;
  }

  async get(subject: TokenRequest): Promise<string> {
    const key = keyOf(subject);
    const known = await this.#made.get(key);
    if (known !== undefined && Date.parse(known.expiresAt) - this.#nowMs() > spareMs) return known.token;
    const making = this.#make(subject);
    this.#made.set(key, making);
    // One that failed is not kept, so that the next request asks again.
    making.catch(() => this.#made.delete(key));
    if (this.#made.size > tokensMax) {
      for (const [oldest] of this.#made) {
        this.#made.delete(oldest);
        break;
      }
    }
    return (await making).token;
  }

  /** The next request asks for a new one. */
  forget(subject: TokenRequest): void {
    this.#made.delete(keyOf(subject));
  }
}

function keyOf({ accountId, memberId = '', language = '' }: TokenRequest): string {
  return `${accountId}\n${memberId}\n${language}`;
}
