import type { CatalogConfig } from '@usagekit/server/contract';
import {
  DomainError,
  decideAdjustment,
  decideEvent,
  decideHold,
  decideRelease,
  decideSettle,
  decideUse,
  decideVoid,
  formatAmount,
  type GrantLeg,
  type MemberRecord,
  paidSince,
  type UsageRecord,
  type VoidCommand,
} from '@usagekit/server/domain';
import { retiredBy, type SoldSoFar } from '../../../../server/src/domain/catalog/retired.ts';
import { memberRecord } from '../../../support/member-record.ts';
import { compiled } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';
import { one } from './model-use.ts';
import {
  type Command,
  eventOf,
  historyStart,
  holdIdOf,
  holdLifetimeMs,
  hourMs,
  runOnModel,
  toChange,
  toItem,
} from './random-commands.ts';
import { referenceCatalogConfig } from './reference-catalog.ts';
import { type ModelAnswer, ReferenceModel } from './reference-model.ts';

/** An account and the reference model of it, which are given the same commands. */
export class Twins {
  readonly account = new AccountFixture({}, { now: historyStart, catalog: compiled(referenceCatalogConfig) });
  readonly model: ReferenceModel;
  readonly #ada: MemberRecord;
  #sold: SoldSoFar = { config: referenceCatalogConfig, retired: {} };
  readonly #events = new Map<string, UsageRecord>();
  #steps = 0;

  constructor({ ownLimit = 15n * one, allocation = 8n * one } = {}) {
    this.model = new ReferenceModel(this.account.nowMs, ownLimit, allocation);
    const { state } = this.account;
    this.account.state = { ...state, profile: { ...state.profile, ownLimits: { exports: ownLimit } } };
    this.#ada = memberRecord({ allocations: { workflows: allocation }, createdAtMs: this.account.nowMs });
  }

  /** What each of the two answers to the command. */
  run(next: Command): { account: ModelAnswer; model: ModelAnswer } {
    this.#steps += 1;
    const { account, model } = this;
    const id = `step-${this.#steps}`;
    switch (next.type) {
      case 'use': {
        const decided = this.#as(next.memberId, () =>
          orCode(() =>
            account.decide((context) =>
              decideUse(context, {
                items: next.items.map(toItem),
                dimensions: this.#dimensions(next.memberId),
              }),
            ),
          ),
        );
        return {
          account:
            typeof decided === 'string'
              ? { outcome: decided }
              : decided.outcome === 'refused'
                ? { outcome: decided.refusal.reason }
                : answerOf('allowed', decided.priced.charge, decided.grantsUsed),
          model: runOnModel(model, id, next),
        };
      }
      case 'hold': {
        const decided = this.#as(next.memberId, () =>
          orCode(() =>
            account.decide((context) =>
              decideHold(context, {
                id,
                items: next.items.map(toItem),
                dimensions: this.#dimensions(next.memberId),
                expiresAtMs: account.nowMs + holdLifetimeMs,
              }),
            ),
          ),
        );
        return {
          account:
            typeof decided === 'string'
              ? { outcome: decided }
              : decided.outcome === 'refused'
                ? { outcome: decided.refusal.reason }
                : answerOf('held', decided.priced.charge, decided.legs),
          model: runOnModel(model, id, next),
        };
      }
      case 'settle': {
        const holdId = holdIdOf(model, next) ?? 'none';
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
          model: runOnModel(model, id, next),
        };
      }
      case 'release': {
        const holdId = holdIdOf(model, next) ?? 'none';
        const released = orCode(() => account.decide((context) => decideRelease(context, holdId)));
        return {
          account: { outcome: typeof released === 'string' ? released : released.status },
          model: runOnModel(model, id, next),
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
        return { account: { outcome: 'granted' }, model: runOnModel(model, id, next) };
      }
      case 'adjust': {
        // The grant of what is given has an id of the command's.
        const adjusted = account.decide((context) =>
          decideAdjustment(
            { ...context, commandId: id },
            { amount: next.amount, unit: 'credits', reason: 'A test' },
          ),
        );
        return { account: { outcome: adjusted }, model: runOnModel(model, id, next) };
      }
      case 'price': {
        const config = withSearchPrice(next.ofSearch);
        this.#sold = { config, retired: retiredBy(this.#sold, config) };
        account.withCatalog(compiled(config, account.catalog.version + 1, this.#sold.retired));
        return { account: { outcome: 'priced' }, model: runOnModel(model, id, next) };
      }
      case 'event': {
        const atMs = account.nowMs - next.hoursAgo * hourMs;
        const { usage } = account.decide((context) =>
          decideEvent(context, {
            atMs,
            items: [...next.items.map(toItem), ...(next.change === null ? [] : [toChange(next.change)])],
            dimensions: {},
            backfill: false,
          }),
        );
        this.#events.set(id, usage);
        return {
          account: answerOf('recorded', usage.charge, usage.grantsUsed),
          model: runOnModel(model, id, next),
        };
      }
      case 'backfill': {
        const { usage } = account.decide((context) =>
          decideEvent(context, {
            atMs: account.nowMs - next.hoursAgo * hourMs,
            items: next.items.map(toItem),
            dimensions: {},
            backfill: true,
          }),
        );
        return {
          account: answerOf('recorded', usage.charge, usage.grantsUsed),
          model: runOnModel(model, id, next),
        };
      }
      case 'void': {
        const event = eventOf(model, next);
        const usage = this.#events.get(event?.id ?? '');
        if (usage === undefined) return { account: { outcome: 'none' }, model: runOnModel(model, id, next) };
        if (event?.isVoid) return { account: { outcome: 'conflict' }, model: runOnModel(model, id, next) };
        account.settleDue();
        account.decide((context) => decideVoid(context, this.#historyOf(usage)));
        return { account: { outcome: 'taken_back' }, model: runOnModel(model, id, next) };
      }
      case 'wait': {
        account.nowMs += next.hours * hourMs;
        account.settleDue();
        return { account: { outcome: 'waited' }, model: runOnModel(model, id, next) };
      }
    }
  }

  /** What the ledger tells of a use, as the server reads it. */
  #historyOf(usage: UsageRecord): VoidCommand {
    const { ledger } = this.account;
    const owed = ledger.find((entry) => entry.usageId === usage.id && entry.kind === 'debt');
    const since = owed === undefined ? [] : ledger.filter(({ seq }) => seq > owed.seq);
    const grants = ledger.flatMap(({ grant }) => (grant === undefined ? [] : [[grant.id, grant] as const]));
    const terms = new Map(grants);
    const usedBy = (usageId: string) =>
      [...this.#events.values()].find(({ id }) => id === usageId)?.grantsUsed ?? [];
    return {
      usage,
      owed: -(owed?.debt ?? 0n),
      terms,
      paidSince: paidSince(since, 'credits', usedBy).flatMap(({ grantId, amount }) => {
        const grant = terms.get(grantId);
        return grant === undefined ? [] : [{ grant, amount }];
      }),
      isUncounted: false,
      task: undefined,
      reason: 'Reported by mistake',
    };
  }

  /** The member whose own use some windows count. */
  get ada(): MemberRecord {
    return this.#ada;
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

/** The catalog with another price of a search; null takes it out. */
export function withSearchPrice(ofSearch: bigint | null): CatalogConfig {
  if (ofSearch === null) return { ...referenceCatalogConfig, tools: [] };
  const tools = (referenceCatalogConfig.tools ?? []).map((tool) => ({
    ...tool,
    prices: [{ amount: String(ofSearch) }],
  }));
  return { ...referenceCatalogConfig, tools };
}
