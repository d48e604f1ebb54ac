import { PbfReader } from 'pbf';
import type { SpanAttribute, SpanAttributes } from '../../contract/events/gen-ai.ts';
import { AppError } from '../http/reply/problem.ts';
import type { OtlpSpan } from './otlp-span.ts';

/**
 * The spans of an `ExportTraceServiceRequest` in protobuf, by the field numbers of opentelemetry-proto 1. Fields that are not known
 * are passed over.
 * @throws AppError `invalid_request` where the bytes are no such message.
 */
export function readProtobufSpans(bytes: Uint8Array): OtlpSpan[] {
  const spans: OtlpSpan[] = [];
  try {
    const reader = new PbfReader(bytes);
    fields(reader, reader.length, { 1: () => readResourceSpans(reader, spans) });
  } catch (cause) {
    throw new AppError('invalid_request', 'The body is no ExportTraceServiceRequest in protobuf', { cause });
  }
  return spans;
}

type Readers = Readonly<Record<number, () => void>>;

/** Reads a message's fields up to its end. */
function fields(reader: PbfReader, end: number, readers: Readers): void {
  // With a length beyond the bytes the reader would count through missing data.
  if (end > reader.length) throw new RangeError('A message is longer than the body');
  reader.readFields((tag) => readers[tag]?.(), null, end);
  if (reader.pos !== end) throw new RangeError('A field is longer than its message');
}

function message(reader: PbfReader, readers: Readers): void {
  const length = reader.readVarint();
  fields(reader, reader.pos + length, readers);
}

function readResourceSpans(reader: PbfReader, spans: OtlpSpan[]): void {
  const resource: Record<string, SpanAttribute> = {};
  message(reader, {
    1: () => message(reader, { 1: () => readAttribute(reader, resource) }),
    // The resource may come after its spans, which hold on to the same object.
    2: () => message(reader, { 2: () => spans.push(readSpan(reader, resource)) }),
  });
}

function readSpan(reader: PbfReader, resource: SpanAttributes): OtlpSpan {
  const attributes: Record<string, SpanAttribute> = {};
  let traceId = '';
  let spanId = '';
  let endedAtMs: number | undefined;
  message(reader, {
    1: () => {
      traceId = hexOf(reader.readBytes(), 16);
    },
    2: () => {
      spanId = hexOf(reader.readBytes(), 8);
    },
    8: () => {
      // Nanoseconds since 1970 exceed the exact range of a number, and the instant is part of the comparison.
      const nanoseconds = reader.dataView.getBigUint64(reader.pos, true);
      reader.pos += 8;
      endedAtMs = nanoseconds > 0n ? Number(nanoseconds / 1_000_000n) : undefined;
    },
    9: () => readAttribute(reader, attributes),
  });
  hexLength(traceId, 32);
  hexLength(spanId, 16);
  return { traceId, spanId, endedAtMs, attributes, resource };
}

function readAttribute(reader: PbfReader, attributes: Record<string, SpanAttribute>): void {
  let key = '';
  let value: SpanAttribute;
  message(reader, {
    1: () => {
      key = reader.readString();
    },
    2: () =>
      message(reader, {
        1: () => {
          value = reader.readString();
        },
        2: () => {
          value = reader.readBoolean();
        },
        3: () => {
          value = reader.readVarint(true);
        },
        4: () => {
          value = reader.readDouble();
        },
      }),
  });
  attributes[key] = value;
}

function hexOf(bytes: Uint8Array, length: number): string {
  if (bytes.length !== length) throw new RangeError('An id has another length');
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function hexLength(id: string, digits: number): void {
  if (id.length !== digits) throw new RangeError('A span has no id');
}
