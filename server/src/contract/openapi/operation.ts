import type * as z from 'zod';

export type SecurityScheme = 'secretKey' | 'customerToken' | 'extensionKey';

/** One method of one address, as the description tells it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `:name` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly callers: 'anyone' | readonly SecurityScheme[];
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** By status: a schema, a media type of text, or null for an answer without a body. */
  readonly answers: Readonly<Record<number, z.ZodType | string | null>>;
  readonly idempotent?: 'required' | 'optional';
}

/** The host's backend alone. */
export const backend: readonly SecurityScheme[] = ['secretKey'];
/** The backend, and members where their role allows it. */
export const members: readonly SecurityScheme[] = ['secretKey', 'customerToken'];
/** Whoever may read an account's figures. */
export const readers: readonly SecurityScheme[] = ['secretKey', 'customerToken', 'extensionKey'];

/** An address with its parameters as `:name`. */
export function addressOf(path: string): string {
  return path.replaceAll('%3A', ':');
}
