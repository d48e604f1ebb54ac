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

/** What goes in, and what comes out by status. */
interface Exchange extends Pick<Operation, 'query' | 'body' | 'idempotent'> {
  readonly [status: number]: z.ZodType | string | null;
}

/** One row of the table of operations. */
type Row = (path: string, callers: Operation['callers'], summary: string, exchange: Exchange) => Operation;

export const get = rowOf('GET');
export const post = rowOf('POST');
export const put = rowOf('PUT');
export const patch = rowOf('PATCH');
/** DELETE, which is a word of the language's own. */
export const remove = rowOf('DELETE');

function rowOf(method: Operation['method']): Row {
  return (path, callers, summary, { query, body, idempotent, ...answers }) => ({
    method,
    path: addressOf(path),
    summary,
    callers,
    ...(query && { query }),
    ...(body && { body }),
    answers,
    ...(idempotent && { idempotent }),
  });
}

/** An address with its parameters as `:name`. */
function addressOf(path: string): string {
  return path.replaceAll('%3A', ':');
}
