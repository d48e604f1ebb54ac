import { openapi } from '../../contract/openapi.ts';
import { hash128 } from './request-hash.ts';

let document: string | undefined;

/** The API's description in JSON, made at its first use. */
export function openapiDocument(): string {
  document ??= JSON.stringify(openapi());
  return document;
}

/** By which a client notices that the server speaks another version. */
export function contractHash(): string {
  return hash128(openapiDocument());
}
