import type {
  AdjustedReport,
  EventsAnswer,
  RejectedEvent,
  UnpricedReport,
  UsageEvent,
} from '../../contract/events/events.ts';
import { formatAmount } from '../../domain/amounts/amounts.ts';
import type { LedgerRecord } from '../../domain/credits/state.ts';
import type { Decision, DecisionContext } from '../../domain/decision.ts';
import { decideEvent } from '../../domain/events/events.ts';
import { noFacts } from '../../domain/facts.ts';
import { deriveId } from '../../domain/ids/derived-id.ts';
import { hash128 } from '../../domain/ids/hash128.ts';
import { memberShareOf } from '../../domain/members/members.ts';
import { nameOf } from '../../domain/unpriced/unpriced.ts';
import type { UsageRecord } from '../../domain/usage/state.ts';
import { withinBounds } from '../../domain/within-bounds.ts';
import { canonicalJson } from '../../store/canonical-json.ts';
import { SliceBudget } from '../../store/in-slices.ts';
import type { EventId, Loaded } from '../../store/store.ts';
import { type AccountCommand, executeNew } from '../execute.ts';
import { assertCategory, dimensionsOf } from '../gate/use-command.ts';
import { parseInstant } from '../http/instants.ts';
import { type AppError, toAppError } from '../http/reply/problem.ts';
import type { Services } from '../services.ts';

/**
 * Events of one account that one command is given. It decides those that there is time for; a gate that waits behind them waits so long.
 * With 250 the worst turn of a batch of 1,000 took 8 to 10 ms of processor time, with 150 it takes 6 to 8.
 */
const eventsPerCommandMax = 150;
/** So many items are decided in any case, so that each command is worth its commit. An event has one or a few, and 50 at most. */
const itemsPerCommandMin = 20;
/** Rows that an event writes, about, in addition to one for each item: its record and its id. */
const rowsPerEvent = 2;

/** An event with its place in the request. */
export interface PlacedEvent {
  readonly index: number;
  readonly event: UsageEvent;
}

interface Taken {
  /** The first of the events, so many, were decided; the others are left for the next command. */
  readonly decided: number;
  readonly accepted: readonly EventId[];
  readonly duplicates: number;
  readonly rejected: readonly RejectedEvent[];
  readonly adjusted: readonly AdjustedReport[];
  readonly unpriced: readonly UnpricedReport[];
}

/**
 * Records facts, account by account. Each is taken once by its id; a bad one is told by its place and does not sink the
 * others. What was accepted is durable when this resolves.
 */
export async function ingestEvents(
  services: Services,
  events: readonly PlacedEvent[],
): Promise<EventsAnswer> {
  const byAccount = Map.groupBy(events, ({ event }) => event.accountId);
  const results = await Promise.all(
    [...byAccount].map(([accountId, own]) => ingestOfAccount(services, accountId, own)),
  );
  const taken = results.flat();
  const adjusted = taken.flatMap((one) => one.adjusted).sort((a, b) => a.index - b.index);
  const unpriced = taken.flatMap((one) => one.unpriced).sort((a, b) => a.index - b.index);
  return {
    accepted: sum(taken, ({ accepted }) => accepted.length),
    duplicates: sum(taken, ({ duplicates }) => duplicates),
    rejected: taken.flatMap(({ rejected }) => rejected),
    ...(adjusted.length === 0 ? {} : { adjusted }),
    ...(unpriced.length === 0 ? {} : { unpriced }),
  };
}

async function ingestOfAccount(
  services: Services,
  accountId: string,
  events: readonly PlacedEvent[],
): Promise<Taken[]> {
  const taken: Taken[] = [];
  let count = eventsPerCommandMax;
  for (let start = 0; start < events.length; ) {
    const part = events.slice(start, start + count);
    const one = await takeSome(services, accountId, part);
    taken.push(one);
    start += one.decided;
    count = Math.min(2 * one.decided, eventsPerCommandMax);
  }
  return taken;
}

async function takeSome(
  services: Services,
  accountId: string,
  events: readonly PlacedEvent[],
): Promise<Taken> {
  try {
    return (await executeNew(services, commandOf(services, accountId, events))).outcome;
  } catch (error) {
    const known = toAppError(error);
    // An account that was erased is found, and takes nothing more.
    if (known === null || (known.code !== 'account_not_found' && known.code !== 'conflict')) throw error;
    const rejected = events.map((placed) => rejection(placed, known));
    return { decided: events.length, accepted: [], duplicates: 0, rejected, adjusted: [], unpriced: [] };
  }
}

function commandOf(
  { stopwatchMs }: Services,
  accountId: string,
  events: readonly PlacedEvent[],
): AccountCommand<Taken> {
  return {
    accountId,
    priority: 'ingest',
    rows: sum(events, ({ event }) => rowsPerEvent + event.items.length),
    needs: {
      eventIds: events.map(({ event }) => ({ accountId, id: event.id })),
    },
    decide: (context, loaded) =>
      decideSome(context, loaded, { events, budget: new SliceBudget(stopwatchMs) }),
    alsoWrite: ({ accepted }) => (accepted.length === 0 ? {} : { eventIds: accepted }),
  };
}

/** One event after another on the same state, as long as there is time; one that is wrong leaves no trace. */
function decideSome(
  context: DecisionContext,
  loaded: Loaded,
  { events, budget }: { readonly events: readonly PlacedEvent[]; readonly budget: SliceBudget },
): Decision<Taken> {
  const { profile } = context.state;
  let { state } = context;
  const entries: LedgerRecord[] = [];
  const usage: UsageRecord[] = [];
  const accepted: EventId[] = [];
  const rejected: RejectedEvent[] = [];
  const adjusted: AdjustedReport[] = [];
  const unpriced: UnpricedReport[] = [];
  const seen = new Map<string, string>();
  let duplicates = 0;
  let decided = 0;
  let items = 0;
  for (const placed of events) {
    if (items >= itemsPerCommandMin && budget.isSpent) break;
    const { event } = placed;
    decided += 1;
    items += event.items.length;
    // A fact stays the same fact when it has become too old to be anything but history.
    const { backfill: _, ...content } = event;
    const contentHash = hash128(canonicalJson(content));
    const known = seen.get(event.id) ?? loaded.event(profile.id, event.id)?.contentHash;
    if (known === contentHash) {
      duplicates += 1;
      continue;
    }
    if (known !== undefined) {
      rejected.push(rejection(placed, { code: 'conflict', message: 'The id was used for another event' }));
      continue;
    }
    try {
      assertCategory(context.catalog, event.category, { withRetired: true });
      const step: DecisionContext = {
        ...context,
        state,
        // The server makes the ids of consumes, the host those of events; an id derived from an event's id can never equal a
        // consume's.
        commandId: deriveId(event.id, 'event'),
        member: memberShareOf(state, event.memberId),
      };
      const decision = withinBounds(
        step,
        decideEvent(step, {
          atMs: event.at === undefined ? context.nowMs : parseInstant(event.at),
          items: event.items,
          dimensions: dimensionsOf(event),
          backfill: event.backfill ?? false,
        }),
      );
      state = decision.state;
      entries.push(...decision.facts.entries);
      usage.push(...decision.facts.usage);
      for (const { metric, reason, value } of decision.outcome.adjusted)
        adjusted.push({ index: placed.index, id: event.id, metric, reason, value: formatAmount(value) });
      for (const item of decision.outcome.usage.unpriced ?? [])
        unpriced.push({ index: placed.index, id: event.id, ...nameOf(item) });
      accepted.push({ accountId: profile.id, id: event.id, contentHash });
      seen.set(event.id, contentHash);
    } catch (error) {
      const wrong = toAppError(error);
      if (wrong === null) throw error;
      rejected.push(rejection(placed, wrong));
    }
  }
  return {
    outcome: { decided, accepted, duplicates, rejected, adjusted, unpriced },
    state,
    facts: { ...noFacts, entries, usage },
  };
}

type Wrong = Pick<RejectedEvent, 'code'> &
  Pick<AppError, 'message'> &
  Partial<Pick<AppError, 'invalidParameters'>>;

function rejection(
  { index, event }: PlacedEvent,
  { code, message, invalidParameters = [] }: Wrong,
): RejectedEvent {
  const accepted = invalidParameters.map((each) => `; accepted at ${each.pointer}: ${each.accepted}`);
  return { index, id: event.id, code, detail: `${message}${accepted.join('')}` };
}

function sum<Item>(items: readonly Item[], of: (one: Item) => number): number {
  return items.reduce((total, one) => total + of(one), 0);
}
