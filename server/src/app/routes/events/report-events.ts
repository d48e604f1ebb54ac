import { apiBounds } from '../../../contract/api-bounds.ts';
import type { EventsAnswer, RejectedEvent } from '../../../contract/events/events.ts';
import { eventsAnswer, eventsRequest } from '../../../contract/events/events-schemas.ts';
import { doInSlices } from '../../../store/in-slices.ts';
import { ingestEvents, type PlacedEvent } from '../../events/ingest-events.ts';
import { parseEvent } from '../../events/parse-event.ts';
import { AppError, invalidParameter, toAppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { backendOnly, route } from '../../http/route.ts';

/** Reports usage facts, up to a thousand at once. Idempotent by their ids; a bad one is told by its place. */
export const reportEvents = route('POST /v1/events', {
  words: 'Reports usage events, idempotent by their ids',
  callers: backendOnly,
  body: eventsRequest,
  answers: { 200: eventsAnswer },
  parseBody: eventsOf,
  async handle({ services, body: values }) {
    const events: PlacedEvent[] = [];
    const malformed: RejectedEvent[] = [];
    const parse = ([index, value]: readonly [number, unknown]) => {
      try {
        events.push({ index, event: parseEvent(value) });
      } catch (error) {
        const wrong = toAppError(error);
        if (wrong === null) throw error;
        malformed.push({ index, id: idOf(value), code: wrong.code, detail: wrong.message });
      }
    };
    await doInSlices([...values.entries()], services, parse);
    const taken = await ingestEvents(services, events);
    const rejected = [...malformed, ...taken.rejected].sort((a, b) => a.index - b.index);
    const answer: EventsAnswer = { ...taken, rejected };
    return jsonReply(answer);
  },
});

/** @throws AppError `invalid_request` where the body itself has another form. */
function eventsOf(body: unknown): unknown[] {
  const accepted = `1 to ${apiBounds.eventsPerRequestMax} events`;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidParameter('', 'is not an object', 'an object with events');
  const unknown = Object.keys(body).filter((key) => key !== 'events');
  if (unknown.length > 0)
    throw new AppError('invalid_request', 'The body has unknown fields', {
      invalidParameters: unknown.map((key) => ({
        pointer: `/${key}`,
        detail: 'is not known here',
        accepted: 'events',
      })),
    });
  const events = 'events' in body ? body.events : undefined;
  if (events === undefined) throw invalidParameter('/events', 'is missing', accepted);
  if (!Array.isArray(events)) throw invalidParameter('/events', 'is not an array', accepted);
  if (events.length === 0 || events.length > apiBounds.eventsPerRequestMax)
    throw invalidParameter('/events', `holds ${events.length} events`, accepted);
  return events;
}

function idOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' ? value.id.slice(0, apiBounds.idCharactersMax) : null;
}
