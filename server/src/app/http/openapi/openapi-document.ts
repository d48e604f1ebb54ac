import { hash128 } from '../../../domain/ids/hash128.ts';
import type { Route } from '../route.ts';
import { openapi } from './openapi.ts';

/** The API's description in JSON, made at its first use. */
export class OpenapiDocument {
  readonly #routes: readonly Route[];
  #text: string | undefined;

  constructor(routes: readonly Route[]) {
    this.#routes = routes;
  }

  get text(): string {
    this.#text ??= JSON.stringify(openapi(this.#routes));
    return this.#text;
  }

  /** By which a client notices that the server speaks another version. */
  get hash(): string {
    return hash128(this.text);
  }
}
