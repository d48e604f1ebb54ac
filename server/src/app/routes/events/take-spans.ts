import { apiBounds } from '../../../contract/api-bounds.ts';
import type { UsageEvent } from '../../../contract/events/events.ts';
import { spanAttributes, spanEventId, spanUseOf } from '../../../contract/events/gen-ai.ts';
import { ingestEvents, type PlacedEvent } from '../../events/ingest-events.ts';
import { parseEvent } from '../../events/parse-event.ts';
import { AppError, isReported, toAppError } from '../../http/reply/problem.ts';
import { reportFault } from '../../http/reply/report-fault.ts';
import { backendOnly, route } from '../../http/route.ts';
import { exportReply, failedReply } from '../../otlp/export-answer.ts';
import type { OtlpSpan } from '../../otlp/otlp-span.ts';
import { encodingOf, readExport } from '../../otlp/read-export.ts';
import type { Services } from '../../services.ts';

/**
 * OTLP/HTTP: spans of models become usage, each once by its trace and span; other spans are left alone. An exporter whose endpoint is
 * `/v1/otlp` adds the rest of the address by itself.
 */
export const takeSpans = route('POST /v1/otlp/v1/traces', {
  words: 'Takes spans of OpenTelemetry (OTLP/HTTP, protobuf or JSON) and reports those of models as usage',
  callers: backendOnly,
  answers: { 200: 'application/json' },
  async handle({ services, request, trail }) {
    const encoding = encodingOf(request);
    try {
      const rejected = await reportSpans(services, await readExport(request, encoding));
      const [first] = rejected;
      if (first === undefined) return exportReply(encoding, null);
      const others = rejected.length > 1 ? `, and ${rejected.length - 1} more were not taken` : '';
      return exportReply(encoding, { rejectedSpans: rejected.length, errorMessage: `${first}${others}` });
    } catch (error) {
      const known = toAppError(error);
      // What has no words for a caller takes the common exit.
      if (known === null || known.code === 'internal' || known.code === 'unreadable') throw error;
      if (isReported(known)) reportFault(services, error, { route: '/v1/otlp/v1/traces', trail });
      return failedReply(encoding, known);
    }
  },
});

/** Reports the spans that are of models, and says of each that was not taken why. */
async function reportSpans(services: Services, spans: readonly OtlpSpan[]): Promise<string[]> {
  const events: PlacedEvent[] = [];
  const rejected: string[] = [];
  for (const [index, span] of spans.entries()) {
    try {
      const event = eventOf(span);
      if (event) events.push({ index, event: parseEvent(event) });
    } catch (error) {
      const known = toAppError(error);
      if (known === null) throw error;
      rejected.push(`Span ${span.spanId}: ${known.message}`);
    }
  }
  for (let from = 0; from < events.length; from += apiBounds.eventsPerRequestMax) {
    const answer = await ingestEvents(services, events.slice(from, from + apiBounds.eventsPerRequestMax));
    rejected.push(
      ...answer.rejected.map(({ index, detail }) => `Span ${spans[index]?.spanId}: ${detail ?? 'not taken'}`),
    );
  }
  return rejected;
}

const missing = (name: string) => new AppError('invalid_request', `it does not say ${name}`);

/** A span as an event; undefined for one that is of no model. It may lack what an event needs, which its check then says. */
function eventOf({ traceId, spanId, endedAtMs, attributes, resource }: OtlpSpan): unknown {
  const use = spanUseOf(attributes, resource);
  if (use === undefined) return undefined;
  if (use.accountId === undefined) throw missing(spanAttributes.accountId);
  if (endedAtMs === undefined) throw missing('endTimeUnixNano');
  const event: UsageEvent = {
    id: spanEventId(traceId, spanId),
    accountId: use.accountId,
    at: new Date(endedAtMs).toISOString(),
    items: [use.item],
    ...use.dimensions,
  };
  return event;
}
