import { apiBounds } from '../../contract/api-bounds.ts';
import { AppError } from '../http/reply/problem.ts';
import type { CalledRequest } from '../http/request/called-request.ts';
import { gatherBytes, parseJson, withBodyRead } from '../http/request/parse-input.ts';
import type { Encoding } from './export-answer.ts';
import type { OtlpSpan } from './otlp-span.ts';
import { readJsonSpans } from './read-json-spans.ts';
import { readProtobufSpans } from './read-protobuf-spans.ts';

/**
 * The encoding of an export by its Content-Type.
 * @throws AppError `unsupported_media_type`.
 */
export function encodingOf(request: Pick<CalledRequest, 'headers'>): Encoding {
  const type = request.headers.get('content-type') ?? '';
  if (/^application\/x-protobuf\s*(;|$)/i.test(type)) return 'protobuf';
  if (/^application\/json\s*(;|$)/i.test(type)) return 'json';
  throw new AppError(
    'unsupported_media_type',
    'The Content-Type must be application/x-protobuf or application/json',
  );
}

/**
 * The spans of an export, compressed or not.
 * @throws AppError `unsupported_media_type`, `body_too_large` beyond `apiBounds.bodyBytesMax` before or after it was unpacked,
 * `malformed_json`, `invalid_request`.
 */
export async function readExport(request: CalledRequest, encoding: Encoding): Promise<OtlpSpan[]> {
  const bytes = await unpacked(await withBodyRead(request));
  return encoding === 'protobuf'
    ? readProtobufSpans(bytes)
    : readJsonSpans(parseJson(new TextDecoder().decode(bytes)));
}

async function unpacked(request: Request): Promise<Uint8Array> {
  const coding = request.headers.get('content-encoding')?.toLowerCase() ?? 'identity';
  if (coding === 'identity' || request.body === null) return new Uint8Array(await request.arrayBuffer());
  if (coding !== 'gzip')
    throw new AppError('unsupported_media_type', 'The Content-Encoding must be gzip, or none');
  // A small body can unpack to a huge one, so it is counted as it unpacks.
  return gatherBytes(
    request.body.pipeThrough(new DecompressionStream('gzip')),
    apiBounds.bodyBytesMax,
    notGzip,
  );
}

function notGzip(cause: unknown): never {
  throw new AppError('invalid_request', 'The body is not gzip', { cause });
}
