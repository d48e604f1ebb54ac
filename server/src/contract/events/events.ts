import type { Dimensions, Item } from '../gate/gate.ts';
import type { ProblemCode } from '../http/errors.ts';
import type { DecimalString, Instant } from '../values/amount.ts';

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

/**
 * An item, or a change of a gauge: `add` (the default) may be negative, `set` says where it stood. Both count by the event's
 * `at`: an `add` that is older than a `set` is in it, and one that is later comes on top, whichever arrives first.
 */
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

/** A gauge that an accepted event did not change as it said. */
export interface AdjustedReport {
  /** The event's place in the request. */
  index: number;
  id: string;
  metric: string;
  /** `below_zero`: a gauge does not fall below 0. `in_later_setting`: it was set at a later time, and that stands. */
  reason: 'below_zero' | 'in_later_setting';
  /** Where the gauge stands after the event. */
  value: DecimalString;
}

/** An item of an accepted event that has no price: it is counted, and charged once the catalog has one. */
export interface UnpricedReport {
  /** The event's place in the request. */
  index: number;
  id: string;
  kind: 'model' | 'tool' | 'storage';
  /** As the event names it. */
  name: string;
}

/** What became of the events that were reported. An event that is sent again counts among `duplicates` and changes nothing. */
export interface EventsAnswer {
  accepted: number;
  /** Sent before with the same content. */
  duplicates: number;
  rejected: RejectedEvent[];
  /** By their place in the request; absent where every gauge was changed as reported. */
  adjusted?: AdjustedReport[];
  /** By their place in the request; absent where everything has a price. */
  unpriced?: UnpricedReport[];
}
