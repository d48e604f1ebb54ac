import type { EventItem, Item } from '@usagekit/server/contract';
import {
  DomainError,
  decideEvent,
  decideHold,
  decideRelease,
  decideSettle,
  decideUse,
  formatAmount,
  type GrantLeg,
  type MemberRecord,
} from '@usagekit/server/domain';
import fc from 'fast-check';
import { AccountFixture } from './account-fixture.ts';
import { type ModelAnswer, type ModelItem, one, ReferenceModel } from './reference-model.ts';

const hourMs = 3_600_000;
const start = '2026-06-01T00:00:00.000Z';

const whole = fc.integer({ min: 1, max: 12 }).map((count) => BigInt(count) * one);
const edges = fc.constantFrom(0n, 1n, 2n, one - 1n, one, 5n * one, 10n * one - 1n, 10n * one, 11n * one);
const item: fc.Arbitrary<ModelItem> = fc.oneof(
  fc.record({ kind: fc.constant('llm' as const), quantity: fc.constant(one) }),
  fc.record({ kind: fc.constantFrom('search' as const, 'premium' as const), quantity: whole }),
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
  | {
      readonly type: 'event';
      readonly items: ModelItem[];
      readonly hoursAgo: number;
      readonly change: { readonly op: 'add' | 'set'; readonly quantity: bigint } | null;
    }
  | { readonly type: 'wait'; readonly hours: number };

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
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('event' as const),
      items,
      hoursAgo: fc.constantFrom(0, 0, 1, 500),
      change: fc.option(
        fc.record({ op: fc.constantFrom('add' as const, 'set' as const), quantity: fc.oneof(whole, edges) }),
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('wait' as const), hours: fc.constantFrom(1, 24, 48, 200, 800) }),
  },
);

/** An account and the reference model of it, which are given the same commands. */
export class Twins {
  readonly account = new AccountFixture({}, { now: start });
  readonly model: ReferenceModel;
  readonly #ada: MemberRecord;
  #steps = 0;

  constructor({ ownLimit = 15n * one, allocation = 8n * one } = {}) {
    this.model = new ReferenceModel(this.account.nowMs, ownLimit, allocation);
    const { state } = this.account;
    this.account.state = { ...state, profile: { ...state.profile, ownLimits: { exports: ownLimit } } };
    this.#ada = {
      id: 'ada',
      accountId: 'acme',
      name: 'Ada',
      role: 'member',
      permissions: [],
      allocations: { workflows: allocation },
      createdAtMs: this.account.nowMs,
    };
  }

  /** What each of the two answers to the command. */
  run(next: Command): { account: ModelAnswer; model: ModelAnswer } {
    this.#steps += 1;
    const { account, model } = this;
    const id = `step-${this.#steps}`;
    switch (next.type) {
      case 'use': {
        const decided = this.#as(next.memberId, () =>
          account.decide((context) =>
            decideUse(context, {
              items: next.items.map(toItem),
              dimensions: this.#dimensions(next.memberId),
            }),
          ),
        );
        return {
          account:
            decided.outcome === 'refused'
              ? { outcome: decided.refusal.reason }
              : answerOf('allowed', decided.priced.charge, decided.grantsUsed),
          model: model.use(next.items, next.memberId),
        };
      }
      case 'hold': {
        const decided = this.#as(next.memberId, () =>
          account.decide((context) =>
            decideHold(context, {
              id,
              items: next.items.map(toItem),
              dimensions: this.#dimensions(next.memberId),
              expiresAtMs: account.nowMs + 48 * hourMs,
            }),
          ),
        );
        return {
          account:
            decided.outcome === 'refused'
              ? { outcome: decided.refusal.reason }
              : answerOf('held', decided.priced.charge, decided.legs),
          model: model.hold(id, next.items, next.memberId),
        };
      }
      case 'settle': {
        const holdId = this.#holdId(next.which);
        const memberId = account.state.holds.find((hold) => hold.id === holdId)?.dimensions.memberId;
        const settled = this.#as(memberId, () =>
          orCode(() =>
            account.decide((context) =>
              decideSettle(context, { holdId, items: next.items.map(toItem), final: next.final }),
            ),
          ),
        );
        return {
          account:
            typeof settled === 'string'
              ? { outcome: settled }
              : answerOf('settled', settled.priced.charge, settled.grantsUsed),
          model: model.settle(holdId, next.items, next.final),
        };
      }
      case 'release': {
        const holdId = this.#holdId(next.which);
        const released = orCode(() => account.decide((context) => decideRelease(context, holdId)));
        return {
          account: { outcome: typeof released === 'string' ? released : released.status },
          model: model.release(holdId),
        };
      }
      case 'grant': {
        const expiresAtMs = next.days === null ? null : account.nowMs + next.days * 24 * hourMs;
        account.grant(formatAmount(next.amount), {
          id,
          priority: next.priority,
          expiresAtMs,
          scope: next.kinds === null ? {} : { kinds: next.kinds },
        });
        model.grant(id, next.amount, { priority: next.priority, kinds: next.kinds, expiresAtMs });
        return { account: { outcome: 'granted' }, model: { outcome: 'granted' } };
      }
      case 'event': {
        const atMs = account.nowMs - next.hoursAgo * hourMs;
        // What a late use of an allowance costs depends on a cycle that is closed, of which the law says nothing.
        const reported = next.items.filter(({ kind }) => kind !== 'calls' || next.hoursAgo === 0);
        const usage = account.decide((context) =>
          decideEvent(context, {
            atMs,
            items: [...reported.map(toItem), ...(next.change === null ? [] : [toChange(next.change)])],
            dimensions: {},
            backfill: false,
          }),
        );
        return {
          account: answerOf('recorded', usage.charge, usage.grantsUsed),
          model: model.event(atMs, reported, next.change),
        };
      }
      case 'wait': {
        account.nowMs += next.hours * hourMs;
        account.settleDue();
        model.moveTo(account.nowMs);
        return { account: { outcome: 'waited' }, model: { outcome: 'waited' } };
      }
    }
  }

  #holdId(index: number): string {
    return this.model.holds[index]?.id ?? 'none';
  }

  #dimensions(memberId: string | undefined) {
    return memberId === undefined ? {} : { memberId };
  }

  #as<Result>(memberId: string | undefined, act: () => Result): Result {
    this.account.member = memberId === undefined ? undefined : this.#ada;
    const result = act();
    this.account.member = undefined;
    return result;
  }
}

function orCode<Result>(act: () => Result): Result | string {
  try {
    return act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

function answerOf(outcome: string, charge: bigint, legs: readonly GrantLeg[]): ModelAnswer {
  return { outcome, charge, legs: Object.fromEntries(legs.map((leg) => [leg.grantId, leg.amount])) };
}

function toItem({ kind, quantity }: ModelItem): Item {
  if (kind === 'llm') return { model: 'swift-1' };
  if (kind === 'search') return { tool: 'search', calls: Number(quantity / one) };
  if (kind === 'premium') return { tool: 'search', integration: 'premium', calls: Number(quantity / one) };
  if (kind === 'traces') return { storage: 'traces', quantity: formatAmount(quantity) };
  return { metric: kind, quantity: formatAmount(quantity) };
}

function toChange({ op, quantity }: { op: 'add' | 'set'; quantity: bigint }): EventItem {
  return { metric: 'storage', quantity: formatAmount(quantity), op };
}
