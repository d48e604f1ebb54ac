import type { SpanAttributes } from '../../contract/events/gen-ai.ts';

/** The used fields of a span, from either encoding of OTLP. */
export interface OtlpSpan {
  /** 32 hexadecimal digits, lower case. */
  readonly traceId: string;
  /** 16 hexadecimal digits, lower case. */
  readonly spanId: string;
  /** Undefined where the span does not say when it ended. */
  readonly endedAtMs: number | undefined;
  readonly attributes: SpanAttributes;
  /** Attributes of the resource that the span came from. */
  readonly resource: SpanAttributes;
}
