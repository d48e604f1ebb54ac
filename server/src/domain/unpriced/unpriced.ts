import { apiBounds } from '../../contract/api-bounds.ts';
import { carryOf } from '../amounts/rounding.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { recordFact } from '../events/fact.ts';
import { type Facts, joinFacts, noFacts } from '../facts.ts';
import { deriveId } from '../ids/derived-id.ts';
import { planOf } from '../limits/limits.ts';
import { memberShareOf } from '../members/members.ts';
import { priceItems } from '../pricing/pricing.ts';
import type { AccountState } from '../state.ts';
import type { UsageRecord } from '../usage/state.ts';
import { withinBounds } from '../within-bounds.ts';
import type { Unpriced, UnpricedItem, UnpricedName } from './state.ts';

/** The name under which what goes beyond `apiBounds.unpricedNamesMax` is added up. */
export const otherNames = '';

/** The account with what a use left without a price. */
export function withUnpriced(
  state: AccountState,
  catalog: Catalog,
  { atMs, unpriced = [] }: UsageRecord,
): AccountState {
  if (unpriced.length === 0) return state;
  const { unpriced: before } = state;
  let names = before?.names ?? [];
  for (const item of unpriced) names = withName(names, nameOf(item));
  return {
    ...state,
    unpriced: {
      names,
      firstAtMs: Math.min(before?.firstAtMs ?? atMs, atMs),
      lastAtMs: Math.max(before?.lastAtMs ?? atMs, atMs),
      triedVersion: before?.triedVersion ?? catalog.version,
    },
  };
}

/** The account without an item that has got its price, or that was taken back. */
export function withoutUnpriced(state: AccountState, item: UnpricedItem): AccountState {
  const { unpriced } = state;
  if (unpriced === null) return state;
  const own = nameOf(item);
  const listed = unpriced.names.some((each) => isSame(each, own)) ? own : { ...own, name: otherNames };
  const names = unpriced.names
    .map((each) => (isSame(each, listed) ? { ...each, count: each.count - 1 } : each))
    .filter(({ count }) => count > 0);
  return { ...state, unpriced: names.length === 0 ? null : { ...unpriced, names } };
}

/**
 * Whether the catalog has changed since the account's unpriced uses were last tried, and now knows one of their names. That is
 * asked with every command, so it looks at nothing but a handful of names.
 */
export function isPriceDue({ unpriced }: Pick<AccountState, 'unpriced'>, catalog: Catalog): boolean {
  if (unpriced === null || unpriced.triedVersion === catalog.version) return false;
  return unpriced.names.some((each) => isKnown(catalog, each));
}

/** Marks that the unpriced uses were tried by a version of the catalog. */
export function withTried(state: AccountState, version: number): AccountState {
  const { unpriced } = state;
  return unpriced === null || unpriced.triedVersion === version
    ? state
    : { ...state, unpriced: { ...unpriced, triedVersion: version } };
}

/** One item of a use that waits for its price, by its place among the use's unpriced ones. */
export interface WaitingItem {
  readonly usage: UsageRecord;
  readonly index: number;
}

/** The id of the record, and of the mark, of the price that an item got. */
export function latePriceId({ usage, index }: WaitingItem): string {
  return deriveId(usage.id, 'priced', String(index));
}

/**
 * Prices items that have a price now, each as a fact of its own time that comes late. What was counted is not counted again.
 * The caller must make sure that each is priced once. Those that still have no price, or one beyond what an account can hold, are
 * left as they are.
 */
export function decideLatePrices(
  context: DecisionContext,
  waiting: readonly WaitingItem[],
): Decision<readonly WaitingItem[]> {
  let { state } = context;
  let facts: Facts = noFacts;
  const priced: WaitingItem[] = [];
  for (const each of waiting) {
    const { dimensions } = each.usage;
    const step: DecisionContext = {
      ...context,
      state,
      commandId: latePriceId(each),
      member: memberShareOf(state, dimensions.memberId),
    };
    const decision = latePrice(step, each);
    if (decision === null) continue;
    state = decision.state;
    facts = joinFacts(facts, decision.facts);
    priced.push(each);
  }
  return { outcome: priced, state, facts };
}

function latePrice(context: DecisionContext, { usage, index }: WaitingItem): Decision<UsageRecord> | null {
  const item = usage.unpriced?.[index];
  if (item === undefined) return null;
  const { state, catalog } = context;
  const { category } = usage.dimensions;
  try {
    const priced = priceItems(catalog, [item], {
      rounding: carryOf(state.wallet, catalog.unit),
      atMs: usage.atMs,
      withRetired: true,
      ownKeys: state.profile.ownKeys,
      modelFactor: planOf(state, catalog).modelFactor,
      keepsUnpriced: true,
      isLate: true,
      ...(category === undefined ? {} : { category }),
    });
    if (priced.unpriced.length > 0) return null;
    const { atMs, dimensions } = usage;
    const decision = withinBounds(context, recordFact(context, { counted: priced, atMs, dimensions }));
    return { ...decision, state: withoutUnpriced(decision.state, item) };
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function withName(names: Unpriced['names'], own: Omit<UnpricedName, 'count'>): Unpriced['names'] {
  const has = (name: Omit<UnpricedName, 'count'>) => names.some((each) => isSame(each, name));
  const listed = has(own) || names.length < apiBounds.unpricedNamesMax ? own : { ...own, name: otherNames };
  if (!has(listed)) return [...names, { ...listed, count: 1 }];
  return names.map((each) => (isSame(each, listed) ? { ...each, count: each.count + 1 } : each));
}

export function nameOf(item: UnpricedItem): Omit<UnpricedName, 'count'> {
  if ('model' in item) return { kind: 'model', name: item.model };
  if ('tool' in item) return { kind: 'tool', name: item.tool };
  return { kind: 'storage', name: item.storage };
}

function isSame(a: Omit<UnpricedName, 'count'>, b: Omit<UnpricedName, 'count'>): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function isKnown(catalog: Catalog, { kind, name }: UnpricedName): boolean {
  if (name === otherNames) return true;
  if (kind === 'model') return catalog.modelsByName.find(name) !== undefined;
  return (kind === 'tool' ? catalog.tools : catalog.storage).has(name);
}
