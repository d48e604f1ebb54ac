import { apiBounds } from '../../contract/api-bounds.ts';
import type { UsageEvent } from '../../contract/events/events.ts';
import { type SpanAttributes, spanEventId, spanUseOf } from '../../contract/events/gen-ai.ts';

/** The part of OpenTelemetry's `ReadableSpan` that is used. */
export interface EndedSpan {
  /** Names and values of the span; those of the GenAI conventions are read. */
  readonly attributes: SpanAttributes;
  /** What produced the span. */
  readonly resource: { readonly attributes: SpanAttributes };
  /** Seconds and nanoseconds. */
  readonly endTime: readonly [number, number];
  /** Its ids; the id of the event is made from them. */
  spanContext(): { readonly traceId: string; readonly spanId: string };
}

/** Where usage goes to and whose it is. */
export interface UsageSpanProcessorOptions {
  /** A client, or one with a failure policy, which loses nothing while the server is away. */
  usage: { reportEvents(events: UsageEvent[]): Promise<unknown> };
  /** The account and member of a span whose attributes lack `usagekit.account.id`; undefined skips the span. */
  accountOf?: (span: EndedSpan) => string | undefined;
  /** Told of a batch that could not be reported; its events are gone unless the client keeps them. */
  onError?: (error: unknown, events: readonly UsageEvent[]) => void;
  /** How long spans are gathered, in milliseconds; 1,000 by default. */
  delayMs?: number;
}

/** OpenTelemetry's `SpanProcessor`, in structure. */
export interface UsageSpanProcessor {
  /** Does nothing. */
  onStart(): void;
  /** Takes the usage of the span, to be reported with others. */
  onEnd(span: EndedSpan): void;
  /** Resolves when all that has ended was reported. */
  forceFlush(): Promise<void>;
  /** Reports what waits; resolves when it was tried. */
  shutdown(): Promise<void>;
}

/**
 * Reports every ended span with `gen_ai.*` attributes as usage. An event's id is the span's, so a span that is processed twice,
 * here and by a collector say, is charged once.
 *
 * @example
 * const sdk = new NodeSDK({ spanProcessors: [createUsageSpanProcessor({ usage })] });
 */
export function createUsageSpanProcessor(options: UsageSpanProcessorOptions): UsageSpanProcessor {
  const { usage, accountOf = () => undefined, onError = () => undefined, delayMs = 1_000 } = options;
  let waiting: UsageEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let sending: Promise<void> = Promise.resolve();

  function send(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting;
    waiting = [];
    for (let from = 0; from < events.length; from += apiBounds.eventsPerRequestMax) {
      const batch = events.slice(from, from + apiBounds.eventsPerRequestMax);
      sending = sending.then(async () => {
        try {
          await usage.reportEvents(batch);
        } catch (error) {
          onError(error, batch);
        }
      });
    }
    return sending;
  }

  return {
    onStart() {},
    onEnd(span) {
      const use = spanUseOf(span.attributes, span.resource.attributes);
      const accountId = use?.accountId ?? (use === undefined ? undefined : accountOf(span));
      if (use === undefined || accountId === undefined) return;
      const { traceId, spanId } = span.spanContext();
      const [seconds, nanoseconds] = span.endTime;
      const atMs = seconds * 1_000 + Math.floor(nanoseconds / 1_000_000);
      waiting.push({
        id: spanEventId(traceId, spanId),
        accountId,
        at: new Date(atMs).toISOString(),
        items: [use.item],
        ...use.dimensions,
      });
      if (waiting.length >= apiBounds.eventsPerRequestMax) void send();
      else timer ??= setTimeout(send, delayMs);
    },
    async forceFlush() {
      await send();
    },
    async shutdown() {
      await send();
    },
  };
}
