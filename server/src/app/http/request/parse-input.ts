import type * as z from 'zod';
import { apiBounds } from '../../../contract/api-bounds.ts';
import { AppError, bodyTooLarge } from '../reply/problem.ts';
import type { CalledRequest } from './called-request.ts';
import { describeIssues, issuesOf, jsonPointer } from './describe-issues.ts';

const issuesShownMax = 20;
const jsonTypePattern = /^application\/(json|[\w.-]+\+json)\s*(;|$)/i;

/** @throws AppError `body_too_large` where its head says so, whether anything reads the body or not. */
export function assertBodyFits(
  { headers }: Pick<CalledRequest, 'headers'>,
  bytesMax: number = apiBounds.bodyBytesMax,
): void {
  if (Number(headers.get('content-length')) > bytesMax) throw bodyTooLarge(bytesMax);
}

/**
 * The request's body as text, of a request that `assertBodyFits` has let through.
 * @throws AppError `unsupported_media_type` where it is not JSON by its header, `body_too_large` beyond `apiBounds.bodyBytesMax`,
 * `invalid_request` where its end never comes.
 */
export function readBody(request: CalledRequest): string | Promise<string> {
  if (!isJson(request)) throw notJson();
  const declared = request.headers.get('content-length');
  if (declared === null) return readBounded(request.whole());
  const body = request.text();
  return typeof body === 'string' ? body : body.then(bounded, cutOff);
}

/**
 * As `readBody`, of a route whose body may be left out: that is then an empty object, whatever type the client says that nothing has.
 * @throws AppError as `readBody`.
 */
export async function readBodyIfAny(request: CalledRequest): Promise<string> {
  const body = await (isJson(request) ? readBody(request) : readBounded(request.whole()));
  if (body === '') return '{}';
  if (!isJson(request)) throw notJson();
  return body;
}

function isJson({ headers }: CalledRequest): boolean {
  return jsonTypePattern.test(headers.get('content-type') ?? '');
}

function notJson(): AppError {
  return new AppError('unsupported_media_type', 'The Content-Type must be application/json');
}

/** A platform that does not hold a body to its declared length is held to ours; a character is at least a byte. */
function bounded(body: string): string {
  if (body.length > apiBounds.bodyBytesMax) throw bodyTooLarge();
  return body;
}

/**
 * The request with its raw body, for readers of their own formats, such as payment providers.
 * @throws AppError `body_too_large` beyond `apiBounds.bodyBytesMax`, `invalid_request` where its end never comes.
 */
export async function withBodyRead(called: CalledRequest): Promise<Request> {
  const request = called.whole();
  if (request.method === 'GET' || request.method === 'HEAD') return request;
  const { url, method, headers } = request;
  return new Request(url, { method, headers: new Headers(headers), body: await readBytes(request) });
}

async function readBounded(request: Request): Promise<string> {
  return new TextDecoder().decode(await readBytes(request));
}

/**
 * The request's body as the bytes that came. Where its length is not told it is counted as it comes, so that an endless one is cut off.
 * @throws AppError `body_too_large` beyond the bytes, `invalid_request` where its end never comes.
 */
export async function readBytes(
  request: Request,
  bytesMax: number = apiBounds.bodyBytesMax,
): Promise<Uint8Array<ArrayBuffer>> {
  assertBodyFits(request, bytesMax);
  return request.body === null ? new Uint8Array(0) : gatherBytes(request.body, bytesMax, cutOff);
}

/**
 * All of a stream, which is counted as it comes.
 * @param broken Throws what is said of a stream that fails.
 * @throws AppError `body_too_large` beyond the bytes.
 */
export async function gatherBytes(
  stream: ReadableStream<Uint8Array>,
  bytesMax: number,
  broken: (cause: unknown) => never,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const next = () => reader.read().catch(broken);
  for (let part = await next(); !part.done; part = await next()) {
    const chunk: Uint8Array = part.value;
    length += chunk.byteLength;
    if (length > bytesMax) {
      // What still comes is the server's to read or to end.
      void reader.cancel().catch(() => {});
      throw bodyTooLarge(bytesMax);
    }
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let from = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, from);
    from += chunk.byteLength;
  }
  return bytes;
}

/** Callers may leave whenever they like, and no operator has anything to look for then. */
function cutOff(cause: unknown): never {
  throw new AppError('invalid_request', 'The body ended before it was whole', { cause });
}

/** @throws AppError `malformed_json`. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new AppError('malformed_json', 'The body is not valid JSON', { cause });
  }
}

/**
 * The value as the schema's type.
 * @throws AppError `invalid_request` that names every wrong field and the accepted values.
 */
export function parseValue<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(issuesOf(schema, value), jsonPointer);
}

/**
 * The query's parameters, checked. A parameter that is given twice is refused like one that is not known.
 * @throws AppError `invalid_request`.
 */
export function parseQuery<Schema extends z.ZodType>(url: string, schema: Schema): z.output<Schema> {
  const values: Record<string, string | string[]> = {};
  const start = url.indexOf('?');
  if (start !== -1) {
    const query = new URLSearchParams(url.slice(start + 1));
    for (const name of new Set(query.keys())) {
      const all = query.getAll(name);
      values[name] = all.length === 1 ? (all[0] ?? '') : all;
    }
  }
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  throw invalidInput(issuesOf(schema, values), (path) => `?${path.join('/')}`);
}

function invalidInput(
  issues: readonly z.core.$ZodIssue[],
  pointerOf: (path: readonly PropertyKey[]) => string,
): AppError {
  const invalidParameters = describeIssues(issues, pointerOf).slice(0, issuesShownMax);
  const [first] = invalidParameters;
  const detail =
    first === undefined ? 'The input is not valid' : `${first.pointer || 'The body'}: ${first.detail}`;
  return new AppError('invalid_request', detail, { invalidParameters });
}
