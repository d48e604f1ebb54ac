import type { EventItem, Item } from '@usagekit/server/contract';
import { formatAmount } from '@usagekit/server/domain';
import type { Operation } from '../../../../server/src/contract/api.ts';
import fc from '../../../support/fast-check.ts';
import { type ModelItem, one } from './model-use.ts';
import type { ModelAnswer, ModelEventChange, ReferenceModel } from './reference-model.ts';

export const hourMs = 3_600_000;
/** How long holds of random histories last. */
export const holdLifetimeMs = 48 * hourMs;
/** Histories begin with a cycle, which the model counts by months. */
export const historyStart = '2026-06-01T00:00:00.000Z';

const whole = fc.integer({ min: 1, max: 12 }).map((count) => BigInt(count) * one);
const edges = fc.constantFrom(0n, 1n, 2n, one - 1n, one, 5n * one, 10n * one - 1n, 10n * one, 11n * one);
const item: fc.Arbitrary<ModelItem> = fc.oneof(
  fc.record({ kind: fc.constant('llm' as const), quantity: fc.constant(one) }),
  fc.record({ kind: fc.constantFrom('search' as const, 'premium' as const), quantity: whole }),
  // A few of many, since several windows count them, the shorter ones with the nearer limits.
  fc.record({
    kind: fc.constant('runs' as const),
    quantity: fc.integer({ min: 1, max: 4 }).map((count) => BigInt(count) * one),
  }),
  fc.record({
    kind: fc.constantFrom(...(['traces', 'emails', 'workflows', 'calls', 'exports', 'storage'] as const)),
    quantity: fc.oneof(whole, edges),
  }),
);
const items = fc.array(item, { minLength: 1, maxLength: 4 });
const member: fc.Arbitrary<string | undefined> = fc.constantFrom(undefined, 'ada');
/** Which open hold is meant, of however many there are; one more than there are is none. */
const which = fc.nat({ max: 3 });

/** One step of a random history. */
export type Command =
  | { readonly type: 'use'; readonly items: ModelItem[]; readonly memberId: string | undefined }
  | { readonly type: 'hold'; readonly items: ModelItem[]; readonly memberId: string | undefined }
  | { readonly type: 'settle'; readonly which: number; readonly items: ModelItem[]; readonly final: boolean }
  | { readonly type: 'release'; readonly which: number }
  | {
      readonly type: 'grant';
      readonly amount: bigint;
      readonly priority: number;
      readonly kinds: ('llm' | 'tool' | 'metric')[] | null;
      readonly days: number | null;
    }
  | { readonly type: 'adjust'; readonly amount: bigint }
  /** Null takes the search out of the catalog. */
  | { readonly type: 'price'; readonly ofSearch: bigint | null }
  | {
      readonly type: 'event';
      readonly items: ModelItem[];
      readonly hoursAgo: number;
      readonly change: ModelEventChange | null;
    }
  | { readonly type: 'backfill'; readonly items: ModelItem[]; readonly hoursAgo: number }
  | { readonly type: 'void'; readonly which: number }
  | { readonly type: 'wait'; readonly hours: number };

/** The call of the API that each command is; a history over HTTP is held to it. */
export const callOf: Record<Command['type'], Operation> = {
  use: 'POST /v1/consume',
  hold: 'POST /v1/holds',
  settle: 'POST /v1/holds/:holdId/settle',
  release: 'POST /v1/holds/:holdId/release',
  grant: 'POST /v1/accounts/:accountId/grants',
  adjust: 'POST /v1/accounts/:accountId/adjustments',
  price: 'PUT /v1/catalog',
  event: 'POST /v1/events',
  backfill: 'POST /v1/events',
  void: 'POST /v1/accounts/:accountId/voids',
  wait: 'POST /v1/test-clocks/:clockId/advance',
};

export const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('use' as const), items, memberId: member }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('hold' as const), items, memberId: member }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('settle' as const), which, items, final: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('release' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('grant' as const),
      amount: fc.oneof(whole, fc.constantFrom(1n, 40n * one)),
      priority: fc.constantFrom(5, 10, 30),
      kinds: fc.constantFrom<('llm' | 'tool' | 'metric')[] | null>(null, null, ['llm'], ['tool', 'metric']),
      days: fc.constantFrom(null, 1, 2, 20),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('adjust' as const),
      amount: fc.oneof(whole, fc.constantFrom(-one, -30n * one, -120n * one)),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('event' as const),
      items,
      hoursAgo: fc.constantFrom(0, 0, 1, 500, 800),
      change: fc.option(
        fc.record({
          op: fc.constantFrom('add' as const, 'set' as const),
          quantity: fc.oneof(
            whole,
            edges,
            whole.map((quantity) => -quantity),
          ),
        }),
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('backfill' as const),
      items,
      hoursAgo: fc.constantFrom(0, 800, 20_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('void' as const), which }) },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('wait' as const),
      hours: fc.constantFrom(1, 2, 5, 6, 24, 48, 200, 800),
    }),
  },
);

/** Another price of a search; null takes it out of the catalog. */
export const searchPrice = fc.constantFrom(1n, 2n, 3n, 7n, null);

/** What happens to all accounts at once. */
export type Between =
  | { readonly type: 'price'; readonly ofSearch: bigint | null }
  | { readonly type: 'unit' }
  /** The catalog of an earlier version again, counted from the latest. */
  | { readonly type: 'restore'; readonly which: number }
  | { readonly type: 'restart' };

export const between: fc.Arbitrary<Between> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant('price' as const), ofSearch: searchPrice }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('unit' as const) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('restore' as const), which: fc.nat({ max: 2 }) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('restart' as const) }) },
);

/** The call of the API that each of them is; null where it is none. */
export const betweenCallOf: Record<Between['type'], Operation | null> = {
  price: 'PUT /v1/catalog',
  unit: 'PUT /v1/catalog',
  restore: 'POST /v1/catalog/versions/:version/restore',
  restart: null,
};

/** As `command`, with changes of the catalog, which are everybody's where several accounts share one. */
export const commandWithPrices: fc.Arbitrary<Command> = fc.oneof(
  { weight: 18, arbitrary: command },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('price' as const), ofSearch: searchPrice }),
  },
);

/** Which open hold a command means; undefined where there is none. */
export function holdIdOf(model: ReferenceModel, { which }: { readonly which: number }): string | undefined {
  return model.holds[which]?.id;
}

/** Which event a command takes back, the latest first; undefined where there is none. */
export function eventOf(model: ReferenceModel, { which }: { readonly which: number }) {
  return model.events.at(-1 - which);
}

/** What the model answers to a command; `id` is the id of the grant or hold that it makes. */
export function runOnModel(model: ReferenceModel, id: string, next: Command): ModelAnswer {
  switch (next.type) {
    case 'use':
      return model.use(next.items, next.memberId);
    case 'hold':
      return model.hold(id, next.items, next.memberId);
    case 'settle':
      return model.settle(holdIdOf(model, next) ?? 'none', next.items, next.final);
    case 'release':
      return model.release(holdIdOf(model, next) ?? 'none');
    case 'grant': {
      const expiresAtMs = next.days === null ? null : model.nowMs + next.days * 24 * hourMs;
      model.grant(id, next.amount, { priority: next.priority, kinds: next.kinds, expiresAtMs });
      return { outcome: 'granted' };
    }
    case 'adjust':
      return model.adjust(id, next.amount);
    case 'price':
      model.price(next.ofSearch);
      return { outcome: 'priced' };
    case 'event':
      return model.event(id, model.nowMs - next.hoursAgo * hourMs, next.items, next.change);
    case 'backfill':
      return model.backfill(next.items);
    case 'void': {
      const event = eventOf(model, next);
      return event === undefined ? { outcome: 'none' } : model.voidEvent(event);
    }
    case 'wait':
      model.moveTo(model.nowMs + next.hours * hourMs);
      return { outcome: 'waited' };
  }
}

/** The item as it is sent. */
export function toItem({ kind, quantity }: ModelItem): Item {
  if (kind === 'llm') return { model: 'swift-1' };
  if (kind === 'search') return { tool: 'search', calls: Number(quantity / one) };
  if (kind === 'premium') return { tool: 'search', integration: 'premium', calls: Number(quantity / one) };
  if (kind === 'traces') return { storage: 'traces', quantity: formatAmount(quantity) };
  return { metric: kind, quantity: formatAmount(quantity) };
}

/** The change of a gauge as it is sent. */
export function toChange({ op, quantity }: ModelEventChange): EventItem {
  return { metric: 'storage', quantity: formatAmount(quantity), op };
}
