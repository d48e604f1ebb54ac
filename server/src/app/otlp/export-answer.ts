import { PbfWriter } from 'pbf';
import { errors } from '../../contract/http/errors.ts';
import { type AppError, errorHeaders } from '../http/reply/problem.ts';
import type { Reply } from '../http/reply/reply.ts';

export type Encoding = 'json' | 'protobuf';

const mediaTypes = { json: 'application/json', protobuf: 'application/x-protobuf' } as const;

/** Spans that were not taken, and why. */
export interface PartialSuccess {
  readonly rejectedSpans: number;
  readonly errorMessage: string;
}

/** OTLP's `ExportTraceServiceResponse`, in the encoding of the request. It is empty where everything was taken. */
export function exportReply(encoding: Encoding, partial: PartialSuccess | null): Reply {
  if (encoding === 'json') {
    const { rejectedSpans, errorMessage } = partial ?? {};
    // A 64-bit number is text in OTLP's JSON.
    const body = partial ? { partialSuccess: { rejectedSpans: String(rejectedSpans), errorMessage } } : {};
    return replyOf(encoding, 200, JSON.stringify(body));
  }
  const writer = new PbfWriter();
  if (partial) {
    writer.writeMessage(
      1,
      ({ rejectedSpans, errorMessage }: PartialSuccess, inner: PbfWriter) => {
        inner.writeVarintField(1, rejectedSpans);
        inner.writeStringField(2, errorMessage);
      },
      partial,
    );
  }
  return replyOf(encoding, 200, writer.finish());
}

/** The OTLP answer to a failed request: a gRPC `Status` with the error as its message. */
export function failedReply(encoding: Encoding, { code, message }: AppError): Reply {
  const { status } = errors[code];
  const headers = errorHeaders(code);
  if (encoding === 'json') return replyOf(encoding, status, JSON.stringify({ message }), headers);
  const writer = new PbfWriter();
  writer.writeStringField(2, message);
  return replyOf(encoding, status, writer.finish(), headers);
}

function replyOf(
  encoding: Encoding,
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { 'content-type': mediaTypes[encoding], ...headers },
    body: typeof body === 'string' ? body : new Response(new Uint8Array(body)).body,
  };
}
