import type * as z from 'zod';
import type { AddressOf, AnswerOf, Api, InputOf, Operation, PathParameters } from '../../contract/api.ts';
import { addressOf } from '../../contract/http/address-of.ts';
import type { AuditDetails } from '../audit/audit-trail.ts';
import type { Caller, CallerKind } from '../callers/caller.ts';
import type { Reply } from './reply/reply.ts';
import { type Idempotency, idempotencyOf, requireIdempotency } from './request/idempotency.ts';
import { parseJson, parseQuery, parseValue, readBody, readBodyIfAny } from './request/parse-input.ts';
import { parsePathIds } from './request/path-ids.ts';
import type { RawCall } from './request/raw-call.ts';
import type { Trail } from './trail.ts';

/** A request of a caller that has shown who it is, read and checked. */
export interface Call<Key extends Operation, Body = InputOf<Key, 'body'>> extends RawCall {
  readonly caller: Caller;
  /** Parameters of the path, decoded; each is an id. */
  readonly params: PathParameters<AddressOf<Key>>;
  readonly query: InputOf<Key, 'query'>;
  readonly body: Body;
  /** Under what the answer is kept. Where the header may be left out: by the header, or by an id of the thing's own. */
  readonly idempotency: InputOf<Key, 'idempotency'> extends 'required'
    ? Idempotency
    : InputOf<Key, 'idempotency'> extends 'optional'
      ? (ownKey: string | undefined) => Idempotency
      : undefined;
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A schema, a media type or several to choose from, or null for an answer without a body. */
export type Answer =
  | z.ZodType
  | 'application/json'
  | 'text/plain'
  | 'text/csv'
  | 'application/pdf'
  | 'application/zip'
  | 'application/vnd.sqlite3'
  | 'text/event-stream'
  | readonly string[]
  | null;

/** A route's entry in the API's description. */
export interface Description {
  /** Its purpose in a few words. */
  readonly words: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly idempotency?: 'required' | 'optional';
  /** By status. */
  readonly answers: Readonly<Record<number, Answer>>;
}

/** A method of an address, and what answers it. */
export interface Route {
  readonly method: Method;
  /** With `:name` for parameters. One that is called `accountId` is held to a token's account. */
  readonly path: string;
  /** HEAD is answered as GET is, without the body; `refused` where GET opens what stays open. */
  readonly head?: 'refused';
  readonly callers: 'anyone' | readonly CallerKind[];
  /** Null for pages that are not part of the API, such as those of the payment provider. */
  readonly description: Description | null;
  answer(call: RawCall & { readonly caller: Caller | null }): Reply | Promise<Reply>;
}

/** A route of the API. The key stays in its type, so that the list of routes can be held to `Api`. */
export interface ApiRoute<Key extends Operation> extends Route {
  readonly key: Key;
  readonly description: Description;
}

/** A field that a route has exactly where `Api` has it. */
type Where<Key extends Operation, Field extends string, Value> =
  Api[Key] extends Record<Field, unknown>
    ? { readonly [Name in Field]: Value }
    : { readonly [Name in Field]?: never };

type RouteWords<Key extends Operation> = {
  readonly words: string;
  /** The successful answers, by status. */
  readonly answers: Readonly<
    Record<number, z.ZodType<AnswerOf<Key>> | Extract<Answer, string | readonly string[] | null>>
  >;
} & Where<Key, 'query', z.ZodObject & z.ZodType<InputOf<Key, 'query'>>> &
  Where<Key, 'body', z.ZodType<InputOf<Key, 'body'>>> &
  Where<Key, 'idempotency', InputOf<Key, 'idempotency'>>;

type CallerRoute<Key extends Operation, Body> = RouteWords<Key> & {
  readonly callers: readonly CallerKind[];
  readonly head?: 'refused';
  /**
   * For routes that change keys, the catalog or money by hand: the audit's details in addition to the ids in the address. Never a
   * secret.
   */
  audit?(call: Pick<Call<Key, Body>, 'body' | 'params'>): AuditDetails;
  /** Where the body is not simply checked by its schema. */
  parseBody?(value: unknown): Body;
  handle(call: Call<Key, Body>): Reply | Promise<Reply>;
};

/** A request of anybody, read and checked. */
export interface OpenCall<Key extends Operation> extends RawCall {
  readonly body: InputOf<Key, 'body'>;
}

type OpenRoute<Key extends Operation> = RouteWords<Key> & {
  handle(call: OpenCall<Key>): Reply | Promise<Reply>;
};

/**
 * A route for callers that have shown who they are. It states once who may call, what it takes and answers and in which
 * words: requests are checked by it and the API's description is made of it.
 *
 * @example
 * export const getAccount = route('GET /v1/accounts/:accountId', {
 *   words: 'One account',
 *   callers: backendOnly,
 *   answers: { 200: account },
 *   handle: async ({ services, params, caller }) => jsonReply(await accountOf(services, params.accountId, caller)),
 * });
 */
export function route<const Key extends Operation, Body = InputOf<Key, 'body'>>(
  key: Key,
  spec: CallerRoute<Key, Body>,
): ApiRoute<Key> {
  const { callers, head, audit, handle } = spec;
  const { method, path, description } = describe(key, spec as Description);
  const { query, body: schema, idempotency } = description;
  const parseBody = spec.parseBody ?? ((value: unknown) => parseValue(schema as z.ZodType, value));
  const mayBeAbsent = schema !== undefined && mayBeLeftOut(schema);
  const hasIds = path.includes(':');
  return {
    key,
    method,
    path,
    callers,
    ...(head && { head }),
    description,
    answer(call) {
      const { request } = call;
      const params = hasIds ? parsePathIds(call.params, request.url) : call.params;
      const address = hasIds ? addressOf(path, params) : path;
      const take = (text: string) => {
        const body = schema && parseBody(parseJson(text));
        noteAccount(call.trail, body);
        // The types above bind these values to the `Api` entry of the key.
        const checked = {
          ...call,
          params,
          query: query && parseQuery(request.url, query),
          body,
          idempotency:
            idempotency === 'required'
              ? requireIdempotency(request, address, text)
              : idempotency && ((ownKey?: string) => idempotencyOf(request, address, text, ownKey)),
        } as unknown as Call<Key, Body>;
        if (audit === undefined) return handle(checked);
        return call.services.audit.around(call, key, audit(checked), () => handle(checked));
      };
      // Mostly the body is there already.
      const text = schema === undefined ? '' : mayBeAbsent ? readBodyIfAny(request) : readBody(request);
      return typeof text === 'string' ? take(text) : text.then(take);
    },
  };
}

/** A route that anybody may call. */
export function openRoute<const Key extends Operation>(key: Key, spec: OpenRoute<Key>): ApiRoute<Key> {
  const { method, path, description } = describe(key, spec as Description);
  const { body: schema } = description;
  const handle = (call: RawCall, body: unknown) => spec.handle({ ...call, body } as OpenCall<Key>);
  return {
    key,
    method,
    path,
    callers: 'anyone',
    description,
    async answer(call) {
      if (schema === undefined) return handle(call, undefined);
      return handle(call, parseValue(schema, parseJson(await readBody(call.request))));
    },
  };
}

/** The host's backend mostly names the account in the body. */
function noteAccount(trail: Trail, body: unknown): void {
  if (typeof body !== 'object' || body === null || !('accountId' in body)) return;
  if (typeof body.accountId === 'string') trail.accountId = body.accountId;
}

/** Whether clients may send no body: all that it could hold may be left out. */
export function mayBeLeftOut(body: z.ZodType): boolean {
  return body.safeParse({}).success;
}

function describe(key: Operation, { words, query, body, idempotency, answers }: Description) {
  const [method, path] = key.split(' ') as [Method, string];
  const description: Description = {
    words,
    answers,
    ...(query && { query }),
    ...(body && { body }),
    ...(idempotency && { idempotency }),
  };
  return { method, path, description };
}

/** Only the host's backend. */
export const backendOnly: readonly CallerKind[] = ['secret_key'];
/** Whoever may change what costs money, where their role allows it; a read-only extension may not. */
export const managers: readonly CallerKind[] = ['secret_key', 'member'];
/** Whoever may read an account's figures; each sees what its role may. */
export const readers: readonly CallerKind[] = ['secret_key', 'member', 'extension'];
