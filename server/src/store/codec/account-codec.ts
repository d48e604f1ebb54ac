import type { GrantScope, GrantSource } from '../../contract/credits/credits.ts';
import type { CreditUnit } from '../../contract/values/amount.ts';
import type { Profile } from '../../domain/accounts/state.ts';
import type { Grant, Wallet } from '../../domain/credits/state.ts';
import type { OpenHold } from '../../domain/holds/state.ts';
import type { AccountState } from '../../domain/state.ts';
import { newSubscription } from '../../domain/subscription/billing/period.ts';
import type { SubscriptionState } from '../../domain/subscription/state.ts';
import type { CycleUsage, Gauge } from '../../domain/usage/state.ts';
import { dueOf } from '../parts/due.ts';
import { dimensionsFromJson, dimensionsToJson, type JsonDimensions } from './dimensions-codec.ts';
import {
  amountFromJson,
  amountsFromJson,
  amountsToJson,
  amountToJson,
  type JsonAmount,
  recordOf,
} from './json-amount.ts';
import { type JsonLegs, legsFromJson, legsToJson } from './legs-codec.ts';
import { createRecordCodec, memberCodec } from './record-codec.ts';
import { createStoredFormat, decodeStored } from './stored-format.ts';
import { accountRestUpgrades, accountVersionWithoutAllocations } from './upgrades/accounts/account-rest.ts';
import { cycleUsageUpgrades } from './upgrades/accounts/cycle-usage.ts';
import { openHoldsUpgrades } from './upgrades/accounts/open-holds.ts';
import { profileUpgrades } from './upgrades/accounts/profile.ts';
import { walletUpgrades } from './upgrades/accounts/wallet.ts';

/**
 * An account as a store keeps it: its parts apart, so that a debit writes the small ones that it changed. Undefined is
 * a part that did not change.
 */
export interface EncodedAccount {
  profile: string | undefined;
  wallet: string | undefined;
  usage: string | undefined;
  holds: string | undefined;
  /** Every part of the state that has no column of its own. */
  rest: string | undefined;
  /** When something falls due in it next, by its clock. */
  dueAtMs: number | undefined;
  /** The test clock that it is on, or `systemClockId`. */
  clockId: string | undefined;
}

/** The parts that are text of their own format. */
export type EncodedParts = Record<'profile' | 'wallet' | 'usage' | 'holds' | 'rest', string>;

type Rest = Omit<AccountState, 'profile' | 'subscription' | 'wallet' | 'usage' | 'holds' | 'version'>;

/** The subscription is kept with the profile: both are settings, and change seldom. */
type StoredProfile = Profile & { readonly subscription: SubscriptionState | null };

export const profileCodec = createRecordCodec<StoredProfile>('profile', profileUpgrades);

export const restCodec = createRecordCodec<Rest>('account', accountRestUpgrades);

/** The parts that differ from `before`, by identity; all of them without one. */
export function encodeAccount(state: AccountState, before: AccountState | undefined): EncodedAccount {
  const due = before !== undefined && isDueSame(state, before) ? undefined : dueOf(state);
  return {
    dueAtMs: due?.dueAtMs,
    clockId: before === undefined ? due?.clockId : undefined,
    profile:
      state.profile === before?.profile && state.subscription === before.subscription
        ? undefined
        : profileCodec.encode({ ...state.profile, subscription: state.subscription }),
    wallet: state.wallet === before?.wallet ? undefined : encodeWallet(state.wallet),
    usage: state.usage === before?.usage ? undefined : encodeCycleUsage(state.usage),
    holds: state.holds === before?.holds ? undefined : encodeOpenHolds(state.holds),
    rest: before !== undefined && isRestSame(state, before) ? undefined : restCodec.encode(restOf(state)),
  };
}

/**
 * SQL for the bodies of an account's members, as a JSON list of texts, if the account's body has a version that does not hold the
 * allocations; null otherwise. Both dialects read it together with the parts of an account.
 * @param list The dialect's function that makes a JSON list of a column.
 */
export function membersSql(list: string): string {
  const versions = Array.from({ length: accountVersionWithoutAllocations }, (_, index) => `'[${index + 1},'`);
  return `
  CASE WHEN substr(rest, 1, 3) IN (${versions.join(', ')})
    THEN (SELECT ${list} FROM members WHERE members.account_id = accounts.account_id) END AS members`;
}

/** Whether the body of an account's rest holds the allocations of its members; earlier versions leave them to `membersSql`. */
export function hasAllocations(rest: string): boolean {
  return Number(rest.slice(1, rest.indexOf(','))) > accountVersionWithoutAllocations;
}

/**
 * @param members What `membersSql` gave.
 * @throws StoredFormatError
 */
export function decodeAccount(
  encoded: EncodedParts,
  version: number,
  members: string | null = null,
): AccountState {
  return decodeStored('account', () => {
    const { subscription, ...profile } = profileCodec.decode(encoded.profile);
    const usage = decodeCycleUsage(encoded.usage);
    return {
      ...(members === null ? {} : rosterOf(members)),
      ...restCodec.decode(encoded.rest),
      profile,
      // An account that was kept before there were subscriptions has one that began with its present cycle.
      subscription: subscription ?? newSubscription(profile, usage),
      wallet: decodeWallet(encoded.wallet),
      usage,
      holds: decodeOpenHolds(encoded.holds),
      version,
    };
  });
}

/** The members' allocations as the account's state holds them. */
function rosterOf(members: string): Pick<AccountState, 'memberCount' | 'allocations'> {
  const records = (JSON.parse(members) as string[]).map(memberCodec.decode);
  const allocated = records.filter(({ allocations }) => Object.keys(allocations).length > 0);
  return {
    memberCount: records.length,
    allocations: recordOf(
      allocated.map(({ id, allocations }) => [id, allocations] as const),
      (allocations) => allocations,
    ),
  };
}

function restOf({
  profile: _,
  subscription: _s,
  wallet: _w,
  usage: _u,
  holds: _h,
  version: _v,
  ...rest
}: AccountState): Rest {
  return rest;
}

/**
 * Whether nothing of what `nextDueAtMs` looks at has changed, as after a debit that leaves something of each grant. Whatever else
 * may be due is written again.
 */
function isDueSame(state: AccountState, before: AccountState): boolean {
  return (
    state.usage.endsAtMs === before.usage.endsAtMs &&
    state.holds === before.holds &&
    state.subscription === before.subscription &&
    state.billing === before.billing &&
    state.wallet.grants.length === before.wallet.grants.length &&
    state.wallet.grants.every((grant, index) => endsAsBefore(grant, before.wallet.grants[index]))
  );
}

function endsAsBefore(grant: Grant, before: Grant | undefined): boolean {
  return grant.expiresAtMs === before?.expiresAtMs && grant.remaining > 0n === before.remaining > 0n;
}

function isRestSame(state: AccountState, before: AccountState): boolean {
  // What may go away again is no key of the later state.
  if (state.erasing !== before.erasing) return false;
  let key: keyof AccountState;
  for (key in state) {
    if (state[key] !== before[key] && !ownColumns.has(key)) return false;
  }
  return true;
}

const ownColumns: ReadonlySet<string> = new Set([
  'profile',
  'subscription',
  'wallet',
  'usage',
  'holds',
  'version',
]);

type JsonAmounts = ReturnType<typeof amountsToJson>;

type JsonGrant = [
  id: string,
  source: GrantSource,
  label: string,
  unit: CreditUnit,
  amount: JsonAmount,
  remaining: JsonAmount,
  held: JsonAmount,
  priority: number,
  scope: GrantScope,
  expiresAtMs: number | null,
  createdAtMs: number,
];

type JsonWallet = [
  version: number,
  nextSeq: number,
  grants: JsonGrant[],
  debts: JsonAmounts,
  carry: JsonAmounts,
];

export const walletFormat = createStoredFormat<JsonWallet>('wallet', walletUpgrades);

function encodeWallet(wallet: Wallet): string {
  const json: JsonWallet = [
    walletFormat.version,
    wallet.nextSeq,
    wallet.grants.map(grantToJson),
    amountsToJson(wallet.debts),
    amountsToJson(wallet.carry),
  ];
  return JSON.stringify(json);
}

function decodeWallet(json: string): Wallet {
  const [, nextSeq, grants, debts, carry] = walletFormat.parse(json);
  return {
    grants: grants.map(grantFromJson),
    debts: amountsFromJson(debts),
    carry: amountsFromJson(carry),
    nextSeq,
  };
}

function grantToJson(grant: Grant): JsonGrant {
  return [
    grant.id,
    grant.source,
    grant.label,
    grant.unit,
    amountToJson(grant.amount),
    amountToJson(grant.remaining),
    amountToJson(grant.held),
    grant.priority,
    grant.scope,
    grant.expiresAtMs,
    grant.createdAtMs,
  ];
}

function grantFromJson(json: JsonGrant): Grant {
  const [id, source, label, unit, amount, remaining, held, priority, scope, expiresAtMs, createdAtMs] = json;
  return {
    id,
    source,
    label,
    unit,
    amount: amountFromJson(amount),
    remaining: amountFromJson(remaining),
    held: amountFromJson(held),
    priority,
    scope,
    expiresAtMs,
    createdAtMs,
  };
}

type JsonGauge = [
  value: JsonAmount,
  setAtMs: number,
  base: JsonAmount,
  changes: [atMs: number, quantity: JsonAmount][],
];

function gaugeToJson({ value, setAtMs, base, changes }: Gauge): JsonGauge {
  return [
    amountToJson(value),
    setAtMs,
    amountToJson(base),
    changes.map((change) => [change.atMs, amountToJson(change.quantity)]),
  ];
}

function gaugeFromJson([value, setAtMs, base, changes]: JsonGauge): Gauge {
  return {
    value: amountFromJson(value),
    setAtMs,
    base: amountFromJson(base),
    changes: changes.map(([atMs, quantity]) => ({ atMs, quantity: amountFromJson(quantity) })),
  };
}

type JsonCycleUsage = [
  version: number,
  startsAtMs: number,
  endsAtMs: number,
  index: number,
  counters: JsonAmounts,
  gauges: [metric: string, gauge: JsonGauge][],
  spent: JsonAmounts,
  byMember: [memberId: string, counters: JsonAmounts][],
  windows: [key: string, parts: JsonWindowPart[]][],
  invoiced: JsonAmounts,
  carried: JsonAmounts,
  invoicedFromMs: number,
];

export const cycleUsageFormat = createStoredFormat<JsonCycleUsage>('cycle', cycleUsageUpgrades);

type JsonWindowPart = [startsAtMs: number, endsAtMs: number, used: JsonAmount];

function encodeCycleUsage(usage: CycleUsage): string {
  const json: JsonCycleUsage = [
    cycleUsageFormat.version,
    usage.startsAtMs,
    usage.endsAtMs,
    usage.index,
    amountsToJson(usage.counters),
    Object.entries(usage.gauges).map(([metric, gauge]) => [metric, gaugeToJson(gauge)]),
    amountsToJson(usage.spent),
    Object.entries(usage.byMember).map(([memberId, counters]) => [memberId, amountsToJson(counters)]),
    Object.entries(usage.windows).map(([key, parts]) => [
      key,
      parts.map(({ startsAtMs, endsAtMs, used }) => [startsAtMs, endsAtMs, amountToJson(used)]),
    ]),
    amountsToJson(usage.invoiced),
    amountsToJson(usage.carried),
    usage.invoicedFromMs,
  ];
  return JSON.stringify(json);
}

function decodeCycleUsage(json: string): CycleUsage {
  const [
    ,
    startsAtMs,
    endsAtMs,
    index,
    counters,
    gauges,
    spent,
    byMember,
    windows,
    invoiced,
    carried,
    invoicedFromMs,
  ] = cycleUsageFormat.parse(json);
  return {
    startsAtMs,
    endsAtMs,
    index,
    counters: amountsFromJson(counters),
    gauges: recordOf(gauges, gaugeFromJson),
    spent: amountsFromJson(spent),
    byMember: recordOf(byMember, amountsFromJson),
    windows: recordOf(windows, (parts) =>
      parts.map(([partStartsAtMs, partEndsAtMs, used]) => ({
        startsAtMs: partStartsAtMs,
        endsAtMs: partEndsAtMs,
        used: amountFromJson(used),
      })),
    ),
    invoiced: amountsFromJson(invoiced),
    invoicedFromMs,
    carried: amountsFromJson(carried),
  };
}

type JsonOpenHold = [
  id: string,
  taskId: string | null,
  unit: CreditUnit,
  amount: JsonAmount,
  legs: JsonLegs,
  settled: JsonAmount,
  counts: JsonAmounts,
  dimensions: JsonDimensions,
  createdAtMs: number,
  expiresAtMs: number,
  catalogVersion: number | null,
  modelFactor: JsonAmount,
];

type JsonOpenHolds = [version: number, holds: JsonOpenHold[]];

export const openHoldsFormat = createStoredFormat<JsonOpenHolds>('list of open holds', openHoldsUpgrades);

function encodeOpenHolds(holds: readonly OpenHold[]): string {
  const json: JsonOpenHolds = [
    openHoldsFormat.version,
    holds.map((hold) => [
      hold.id,
      hold.taskId,
      hold.unit,
      amountToJson(hold.amount),
      legsToJson(hold.legs),
      amountToJson(hold.settled),
      amountsToJson(hold.counts),
      dimensionsToJson(hold.dimensions),
      hold.createdAtMs,
      hold.expiresAtMs,
      hold.catalogVersion,
      amountToJson(hold.modelFactor),
    ]),
  ];
  return JSON.stringify(json);
}

function decodeOpenHolds(json: string): readonly OpenHold[] {
  const [, holds] = openHoldsFormat.parse(json);
  return holds.map(
    ([
      id,
      taskId,
      unit,
      amount,
      legs,
      settled,
      counts,
      dimensions,
      createdAtMs,
      expiresAtMs,
      catalogVersion,
      modelFactor,
    ]): OpenHold => ({
      id,
      taskId,
      unit,
      amount: amountFromJson(amount),
      legs: legsFromJson(legs),
      settled: amountFromJson(settled),
      counts: amountsFromJson(counts),
      dimensions: dimensionsFromJson(dimensions),
      catalogVersion,
      modelFactor: amountFromJson(modelFactor),
      createdAtMs,
      expiresAtMs,
    }),
  );
}
