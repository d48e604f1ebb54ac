import { hash128 } from '../../../domain/ids/hash128.ts';

/** The hash by which a request is known again. It needs no protection against forgery: a caller could only mislead itself, about its own key. */
export function requestHash(method: string, path: string, body: string): string {
  return hash128(method, ' ', path, '\n', body);
}
