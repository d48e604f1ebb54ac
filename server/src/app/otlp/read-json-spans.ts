import type { SpanAttribute, SpanAttributes } from '../../contract/events/gen-ai.ts';
import { invalidParameter } from '../http/reply/problem.ts';
import type { OtlpSpan } from './otlp-span.ts';

type Json = Readonly<Record<string, unknown>>;

/**
 * The spans of an `ExportTraceServiceRequest` in OTLP's JSON: ids in hexadecimal, 64-bit numbers as text. Fields that are not known
 * are left alone, as the protocol asks.
 * @throws AppError `invalid_request` where the body has another form.
 */
export function readJsonSpans(body: unknown): OtlpSpan[] {
  return listOf(objectOf(body, ''), 'resourceSpans').flatMap((resourceSpans) => {
    const resource = attributesOf(objectOf(resourceSpans.resource ?? {}, '/resourceSpans/resource'));
    return listOf(resourceSpans, 'scopeSpans').flatMap((scopeSpans) =>
      listOf(scopeSpans, 'spans').map((span) => ({
        traceId: idOf(span, 'traceId', 32),
        spanId: idOf(span, 'spanId', 16),
        endedAtMs: millisecondsOf(span.endTimeUnixNano),
        attributes: attributesOf(span),
        resource,
      })),
    );
  });
}

function objectOf(value: unknown, pointer: string): Json {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Json;
  throw invalidParameter(pointer, 'is not an object', 'an object of OTLP');
}

function listOf(parent: Json, name: string): Json[] {
  const list = parent[name] ?? [];
  if (!Array.isArray(list)) throw invalidParameter(`/${name}`, 'is not a list', 'a list of objects');
  return list.map((each) => objectOf(each, `/${name}`));
}

function idOf(span: Json, name: 'traceId' | 'spanId', digits: number): string {
  const id = span[name];
  if (typeof id === 'string' && id.length === digits && /^[0-9a-f]+$/i.test(id)) return id.toLowerCase();
  throw invalidParameter(`/${name}`, 'is not the id of a span', `${digits} hexadecimal digits`);
}

function millisecondsOf(nanoseconds: unknown): number | undefined {
  if (typeof nanoseconds === 'number')
    return nanoseconds > 0 ? Math.floor(nanoseconds / 1_000_000) : undefined;
  // Exceeds the exact range of a number, and the instant is part of the comparison.
  if (typeof nanoseconds !== 'string' || !/^[0-9]{1,20}$/.test(nanoseconds)) return undefined;
  return BigInt(nanoseconds) > 0n ? Number(BigInt(nanoseconds) / 1_000_000n) : undefined;
}

function attributesOf(owner: Json): SpanAttributes {
  const attributes: Record<string, SpanAttribute> = {};
  for (const { key, value } of listOf(owner, 'attributes')) {
    if (typeof key === 'string' && typeof value === 'object' && value !== null)
      attributes[key] = countedValue(value as Json);
  }
  return attributes;
}

/** Lists and maps say nothing that is counted. */
function countedValue({ stringValue, intValue, doubleValue, boolValue }: Json): SpanAttribute {
  const [value] = [stringValue, intValue, doubleValue, boolValue].filter((each) => each !== undefined);
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : undefined;
}
