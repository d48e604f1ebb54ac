import type { Instant } from './amount.ts';
import type { ProblemCode } from './errors.ts';
import type { Dimensions, Item } from './gate.ts';

/** One reported usage fact. */
export interface UsageEvent extends Dimensions {
  /** Unique in its account for as long as the event is stored. */
  id: string;
  accountId: string;
  /** When it happened, and in whose cycle it counts; the present by default. */
  at?: Instant;
  items: EventItem[];
  /** History only: never counts against today's limits or money. Needed for events older than 35 days. */
  backfill?: boolean;
}

/** An item, or a change of a gauge: `add` (the default) may be negative, `set` orders by `at`. */
export type EventItem = Item | { metric: string; quantity: string; op: 'add' | 'set' };

/** Body of `POST /v1/events`. */
export interface EventsRequest {
  events: UsageEvent[];
}

/** A bad event, told by its place in the request; the others are taken all the same. */
export interface RejectedEvent {
  index: number;
  id: string | null;
  code: ProblemCode;
  detail: string;
}

export interface EventsAnswer {
  accepted: number;
  /** Sent before with the same content. */
  duplicates: number;
  rejected: RejectedEvent[];
}
