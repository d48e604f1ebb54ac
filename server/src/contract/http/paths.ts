/** Every address of the API, relative to the server's base URL. */
export * as paths from './addresses.ts';
