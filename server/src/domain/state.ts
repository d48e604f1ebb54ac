import type { AccountKind, Permission, Role } from '../contract/accounts/account.ts';
import type { ActivityEvent, ActivityKind } from '../contract/accounts/activity.ts';
import type { GrantScope, GrantSource, LedgerKind } from '../contract/credits/credits.ts';
import type {
  Item,
  LineItemKind,
  ModelItem,
  ModelRequestUse,
  StorageItem,
  ToolItem,
} from '../contract/gate/gate.ts';
import type { HoldStatus } from '../contract/holds/holds.ts';
import type { TaskStatus } from '../contract/tasks/tasks.ts';
import type { CreditUnit } from '../contract/values/amount.ts';
import type { PlanLimit } from './catalog/catalog-types.ts';
import type { Erasing } from './erasure/state.ts';
import type { BillingState, ChargeRecord, InvoiceRecord } from './invoices/state.ts';
import type { NoticeRecord } from './notices/state.ts';
import type { SubscriptionState } from './subscription/state.ts';

/** An amount in millionths of its unit. */
export type Micros = bigint;

/**
 * Everything that a decision about an account needs, and nothing of its history. States are never changed in place:
 * a part that did not change keeps its identity, which is how a store knows what to write.
 */
export interface AccountState {
  readonly profile: Profile;
  readonly subscription: SubscriptionState;
  /** The unpaid invoices, and the balance carried to the next one. */
  readonly billing: BillingState;
  readonly wallet: Wallet;
  readonly usage: CycleUsage;
  /**
   * Cycles, and parts of them, before the present one that an event of `limits.eventAgeDaysMax` days can belong to, latest
   * first: two cycles at most, unless cycles were cut short.
   */
  readonly earlierCycles: readonly EarlierCycle[];
  readonly holds: readonly OpenHold[];
  /** Tasks in progress, which a plan may bound. */
  readonly runningTasks: number;
  /** At most `limits.membersPerAccountMax`. */
  readonly memberCount: number;
  /** By member id, the allocations of those members who have some: a gate needs nothing else of a member. */
  readonly allocations: Readonly<Record<string, MemberShare['allocations']>>;
  /** The use in windows that count each member's own use, by member; only members with use that still counts. */
  readonly memberWindows: Readonly<Record<string, WindowUses>>;
  readonly topUp: TopUpProgress;
  /** Payments of debts by grants while tasks run that may have made the debts, latest last. Empty while no task runs. */
  readonly paidDebts: readonly GrantPart[];
  readonly outsideCounters: OutsideCounters;
  /**
   * Whether the catalog's baseline was given, which happens once; of a baseline for every member, whether the members older than it have had
   * theirs. Null where it was stored before it was kept.
   */
  readonly baselineGiven: boolean | null;
  /** Uses that have no price yet; null where there are none. */
  readonly unpriced: Unpriced | null;
  /** Present while one of its members, or the account itself, is being erased. */
  readonly erasing?: readonly Erasing[];
  /** Present once the account was erased: nothing of it changes any more. */
  readonly erasedAtMs?: number;
  /** Grows by one with each committed change. */
  readonly version: number;
}

/**
 * Amounts recorded outside the cycle counters, by metric, and charges under `credits`. They are sums of magnitudes, since a
 * rollup cell of one dimension value can grow by them whatever the account's own figure is.
 */
export interface OutsideCounters {
  /** The cycle in which `moved` was recorded. */
  readonly cycleIndex: number;
  /** Changes of gauges, and charges of events that came after their cycle. */
  readonly moved: Readonly<Record<string, Micros>>;
  /** Backfill, of all time. */
  readonly backfilled: Readonly<Record<string, Micros>>;
}

/** Names without a price, and the number of uses that wait for one. */
export interface UnpricedName {
  readonly kind: 'model' | 'tool' | 'storage';
  /** Empty for all names beyond `limits.unpricedNamesMax`. */
  readonly name: string;
  readonly count: number;
}

/** Uses that were counted and wait for a price. */
export interface Unpriced {
  readonly names: readonly UnpricedName[];
  /** Between these instants, both included, they lie. */
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  /** The version of the catalog by which they were last tried. */
  readonly triedVersion: number;
}

export const nothingOutsideCounters: OutsideCounters = { cycleIndex: 0, moved: {}, backfilled: {} };

export interface Profile {
  readonly id: string;
  readonly kind: AccountKind;
  readonly name: string;
  readonly timeZone: string;
  /** Takes the place of `timeZone` when the next cycle begins. */
  readonly nextTimeZone: string | null;
  readonly currency: string;
  readonly planId: string;
  readonly catalogVersion: number;
  readonly anchorAtMs: number;
  readonly testClockId: string | null;
  readonly signUpCreditEligible: boolean;
  readonly moneyPreview: boolean;
  readonly createdAtMs: number;
  /** Providers for which the account uses its own key. The key itself is never stored. */
  readonly ownKeys: Readonly<Record<string, { readonly label: string; readonly lastFour: string }>>;
  /** Hard limits that the account set itself, by metric. */
  readonly ownLimits: Readonly<Record<string, Micros>>;
  readonly autoTopUp: AutoTopUpSettings | null;
  readonly paymentMethod: PaymentMethod | null;
}

/** A means of payment, as the payment provider names it. */
export interface PaymentMethod {
  readonly id: string;
  readonly kind: 'card' | 'bank_account';
  readonly brand: string;
  readonly lastFour: string;
  /** Whether the provider has confirmed that it can be charged unasked. */
  readonly confirmed: boolean;
}

export interface AutoTopUpSettings {
  readonly enabled: boolean;
  /** Credits are bought when the available amount falls below this, in the catalog's unit. */
  readonly threshold: Micros;
  /** The pack that is bought. */
  readonly packId: string;
  /** Charges a cycle at most; null without a cap. */
  readonly chargesPerCycleMax: number | null;
}

/** How auto top-up stands. At most one charge is in flight. */
export interface TopUpProgress {
  readonly inFlightPurchaseId: string | null;
  /** Charges that succeeded in the present cycle. */
  readonly chargesThisCycle: number;
  /** The bought credits, including the bonus. */
  readonly creditsThisCycle: Micros;
  /** Charges that failed since the last one that succeeded. */
  readonly failures: number;
  /** After a failure nothing is tried before it; null where nothing has failed. */
  readonly retryAtMs: number | null;
  /** Why the last charge failed, in words for people. */
  readonly lastFailure: string | null;
  /** Present after a charge until the balance has been at the threshold: one crossing buys once. */
  readonly awaitsRise?: true;
}

export const idleTopUp: TopUpProgress = {
  inFlightPurchaseId: null,
  chargesThisCycle: 0,
  creditsThisCycle: 0n,
  failures: 0,
  retryAtMs: null,
  lastFailure: null,
};

/** One purchase of credits, from its order to its end. */
export interface PurchaseRecord {
  readonly id: string;
  readonly accountId: string;
  readonly packId: string;
  readonly source: 'purchase' | 'top_up';
  /** `ordered` until the payment provider has answered; `needs_action` until a person has confirmed it there. */
  readonly status: 'ordered' | 'needs_action' | 'succeeded' | 'failed';
  readonly credits: Micros;
  readonly bonus: Micros;
  readonly unit: CreditUnit;
  /** In millionths of the currency's unit. */
  readonly price: Micros;
  readonly currency: string;
  readonly paymentMethodId: string;
  /** Why it failed, in words for people. */
  readonly failure: string | null;
  /** Where a person confirms it, while it needs that. */
  readonly actionUrl: string | null;
  readonly memberId: string | null;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
}

/** One line of an account's activity log: who did what, when, why. */
export interface ActivityRecord {
  readonly id: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly kind: ActivityKind;
  /** One sentence in English. */
  readonly description: string;
  /** The same in fields; null of what was written before there were fields. */
  readonly event: ActivityEvent | null;
  /** Null where the server itself or the product team did it. */
  readonly memberId: string | null;
  readonly reason: string | null;
}

export interface Grant {
  readonly id: string;
  readonly source: GrantSource;
  readonly label: string;
  readonly unit: CreditUnit;
  readonly amount: Micros;
  /** The spendable part, without held amounts. */
  readonly remaining: Micros;
  /** The part set aside by open holds. */
  readonly held: Micros;
  readonly priority: number;
  readonly scope: GrantScope;
  /** Half-open: at this instant it is over. Null never. */
  readonly expiresAtMs: number | null;
  readonly createdAtMs: number;
}

/** The terms of a grant, without its remaining amount: enough to restore a grant that has been used up. */
export type GrantTerms = Omit<Grant, 'remaining' | 'held'>;

/** So much of a grant, which need not be live any more. */
export interface GrantPart {
  readonly grant: GrantTerms;
  readonly amount: Micros;
}

export interface Wallet {
  /** Live grants in burn order. A grant leaves when nothing of it remains or is held. */
  readonly grants: readonly Grant[];
  /** Debts, by unit: one debt series each. */
  readonly debts: Readonly<Record<string, Micros>>;
  /** Use below a millionth that is not charged yet, by unit, in parts of a millionth (`partsPerMicro`). */
  readonly carry: Readonly<Record<string, bigint>>;
  /** Sequence number of the account's next ledger entry. */
  readonly nextSeq: number;
}

/** So much that was added to a gauge, and when. */
export interface GaugeChange {
  readonly atMs: number;
  /** Negative for a decrease. */
  readonly quantity: Micros;
}

/** Where a gauge stands, with enough of how it came there that a report which comes late finds its place. */
export interface Gauge {
  readonly value: Micros;
  /** When it was last set; 0 where it never was. */
  readonly setAtMs: number;
  /** The last set value, plus later changes that are no longer kept one by one. */
  readonly base: Micros;
  /** Later changes, by their own time; at most `limits.gaugeChangesKept`. */
  readonly changes: readonly GaugeChange[];
}

export interface CycleUsage {
  /** The allowance cycle, half-open, in epoch milliseconds. */
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  /** How many cycles lie before it, from the anchor. */
  readonly index: number;
  /** Used this cycle, by counter metric. */
  readonly counters: Readonly<Record<string, Micros>>;
  readonly gauges: Readonly<Record<string, Gauge>>;
  /** Charged this cycle, by unit. */
  readonly spent: Readonly<Record<string, Micros>>;
  /**
   * The amounts of this cycle that the invoice pays and that are not on a line yet, by metric: units beyond the allowance, or
   * charges if the metric counts charges.
   */
  readonly invoiced: Readonly<Record<string, Micros>>;
  /** From when: the cycle's start, or the last change of plan that billed what was used until then. */
  readonly invoicedFromMs: number;
  /** What was left of the allowances of the cycle before and goes on in this one, by metric. */
  readonly carried: Readonly<Record<string, Micros>>;
  /** Used this cycle by member, for counter metrics of which some member has an allocation. */
  readonly byMember: Readonly<Record<string, Readonly<Record<string, Micros>>>>;
  /** Used in windows of time, which no cycle's end touches. */
  readonly windows: WindowUses;
  /** Present only while a use is measured by the terms of an earlier cycle; never stored. */
  readonly terms?: AllowanceTerms | null;
}

/** The use counted in a part of a window, until the part no longer counts. Half-open. */
export interface WindowPart {
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly used: Micros;
}

/** By the key of a plan's window. The parts are in the order of their time: a bounded number each. */
export type WindowUses = Readonly<Record<string, readonly WindowPart[]>>;

/**
 * What is kept of a cycle that has ended, or of the part of one that a change of plan ended, since late events count in it.
 * `invoiced` is what lines have billed of it.
 */
export interface EarlierCycle
  extends Pick<
    CycleUsage,
    'startsAtMs' | 'endsAtMs' | 'counters' | 'invoiced' | 'invoicedFromMs' | 'carried'
  > {
  /** The start of the cycle that it is a part of; its own start if no plan changed within the cycle. */
  readonly cycleStartsAtMs: number;
  /** Whether the counters went on in what followed, as after a change of plan within a cycle. */
  readonly goesOn: boolean;
  /** How use beyond its allowances was charged; null where that was not kept, and the present plan's terms hold. */
  readonly terms: AllowanceTerms | null;
}

/** By metric, the allowance and the charge for use beyond it; a metric that is not named was not charged beyond one. */
export type AllowanceTerms = Readonly<
  Record<
    string,
    Pick<PlanLimit, 'included' | 'policy' | 'beyond' | 'overageRate' | 'overageTiers' | 'invoiceRate'>
  >
>;

/** A part of a debit, hold or release, by grant. */
export interface GrantLeg {
  readonly grantId: string;
  readonly amount: Micros;
}

export interface OpenHold {
  readonly id: string;
  readonly taskId: string | null;
  readonly unit: CreditUnit;
  /** The amount set aside at first. */
  readonly amount: Micros;
  /** The amount still set aside, by grant. */
  readonly legs: readonly GrantLeg[];
  /** Charged through it so far. */
  readonly settled: Micros;
  /** Its counts against limits until it ends, by metric; its expected charge counts as `credits`. */
  readonly counts: Readonly<Record<string, Micros>>;
  readonly dimensions: UseDimensions;
  /** The catalog by whose prices it is settled; null for one made before that was kept. */
  readonly catalogVersion: number | null;
  /** By how much the plan that it was made on multiplied what models cost, in millionths. */
  readonly modelFactor: Micros;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
}

/** A hold as it is kept, open or ended. */
export interface HoldRecord {
  readonly id: string;
  readonly accountId: string;
  readonly taskId: string | null;
  readonly status: HoldStatus;
  readonly unit: CreditUnit;
  readonly amount: Micros;
  readonly remaining: Micros;
  readonly settled: Micros;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly endedAtMs: number | null;
}

export interface UseDimensions {
  readonly memberId?: string;
  readonly agentId?: string;
  readonly projectId?: string;
  readonly workspaceId?: string;
  readonly taskId?: string;
  readonly category?: string;
  readonly source?: string;
}

export interface MemberRecord {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  /** Null where the catalog had no seat types when the member was made. */
  readonly seatType: string | null;
  readonly allocations: Readonly<Record<string, Micros>>;
  readonly createdAtMs: number;
  /** Present once the member was removed: tokens and keys from before it are refused for good, also when the member is back. */
  readonly removal?: { readonly atMs: number; readonly isBack: boolean };
}

/** The facts about a member that a gate needs. */
export type MemberShare = Pick<MemberRecord, 'id' | 'allocations'>;

/** One charge of a usage record. */
export interface ChargeLine {
  readonly kind: LineItemKind;
  /** Id of the model, tool, storage kind or metric. */
  readonly ref: string;
  /** For a model: the id of its tier. */
  readonly tier?: string;
  readonly provider?: string;
  readonly integration?: string;
  readonly quantity: Micros;
  /** The unit of the quantity: `requests`, `tokens`, `calls` or the metric's plural unit. */
  readonly unit: string;
  readonly amount: Micros;
  /** Its exact cost minus its amount, in parts of a millionth; absent if that is 0. */
  readonly rest?: bigint;
  /** The rate applied, for explain, in words such as `110 a request`. */
  readonly rate: string;
  readonly ownKey?: true;
  /**
   * For a model: what was said of the request, so that it can be priced by other rates. Absent from lines that were stored before
   * this was kept.
   */
  readonly stated?: ModelRequestUse;
}

/** So much of a metric, and what it came from. */
export interface Count {
  readonly metric: string;
  readonly quantity: Micros;
  readonly model?: string;
  readonly tier?: string;
  readonly tool?: string;
}

/** So many units of a use that the invoice pays, and the line to which they belong. */
export interface InvoicedPart {
  readonly metric: string;
  /** Negative takes back. */
  readonly quantity: Micros;
  /** Where the time begins that the line of the metric covers; null for a line of the use's own, which came late. */
  readonly fromMs: number | null;
}

/** An item that may come without a price. */
export type UnpricedItem = ModelItem | ToolItem | StorageItem;

/** One fact of usage: an event, a consume or a settlement. Kept by account and time. */
export interface UsageRecord {
  readonly id: string;
  readonly accountId: string;
  readonly atMs: number;
  readonly recordedAtMs: number;
  readonly dimensions: UseDimensions;
  readonly counts: readonly Count[];
  readonly lines: readonly ChargeLine[];
  /** The sum of the lines. */
  readonly charge: Micros;
  readonly unit: CreditUnit;
  readonly grantsUsed: readonly GrantLeg[];
  /** History only. */
  readonly backfill: boolean;
  /** What the invoice pays of it; absent for nothing, null where it was recorded before that was kept. */
  readonly invoiced?: readonly InvoicedPart[] | null;
  /** Items that had no price when it was recorded: counted, and charged once they have one, each by a record of its own. */
  readonly unpriced?: readonly UnpricedItem[];
  /** Present on a record that takes another out of history again; its quantities are negative. */
  readonly takesBack?: { readonly usageId: string; readonly reason: string };
}

/** One entry of the append-only ledger. `seq` orders an account's entries, without gaps, from 1. */
export interface LedgerRecord {
  readonly id: string;
  readonly accountId: string;
  readonly seq: number;
  readonly kind: LedgerKind;
  readonly unit: CreditUnit;
  /** Signed: what it adds to Available; the sum of its legs and of its debt part. */
  readonly amount: Micros;
  readonly legs: readonly GrantLeg[];
  /** Its change of the account's debt balance; a new debt of 5 is -5. */
  readonly debt: Micros;
  readonly balanceAfter: Micros;
  readonly description: string;
  /** The usage record that it pays for. */
  readonly usageId: string | null;
  readonly memberId: string | null;
  readonly agentId: string | null;
  readonly taskId: string | null;
  readonly holdId: string | null;
  readonly effectiveAtMs: number;
  readonly recordedAtMs: number;
  /** For an entry that adds a grant: the grant's terms, by which it can be restored after it has left the wallet. */
  readonly grant?: GrantTerms;
}

/** The counts of one use of a task. */
export interface TaskCount {
  readonly usageId: string;
  readonly atMs: number;
  readonly counts: readonly Count[];
}

export interface TaskRecord {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly status: TaskStatus;
  readonly dimensions: UseDimensions;
  readonly estimate: Micros | null;
  /** The estimated items; their cost is put on hold when the task starts. */
  readonly estimateItems: readonly Item[] | null;
  readonly holdId: string | null;
  readonly held: Micros;
  /** The sum of its lines. */
  readonly cost: Micros;
  /** The part of the cost that the wallet paid or owes. */
  readonly paid: Micros;
  /** The grants that paid, each once; the difference to `paid` was owed. Kept until the task ends. */
  readonly paidFrom: readonly GrantPart[];
  /** The counts of each of its uses. Kept until the task ends. */
  readonly counted: readonly TaskCount[];
  /** The refund after it failed. */
  readonly refunded: Micros;
  readonly unit: CreditUnit;
  readonly lines: readonly ChargeLine[];
  readonly result: string | null;
  readonly error: string | null;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly endedAtMs: number | null;
  readonly updatedAtMs: number;
}

/** The facts that a decision adds to the account's history, in order. */
export interface Facts {
  readonly entries: readonly LedgerRecord[];
  readonly usage: readonly UsageRecord[];
  /** New or changed holds. */
  readonly holds: readonly HoldRecord[];
  /** New or changed tasks. */
  readonly tasks: readonly TaskRecord[];
  /** New or changed purchases. */
  readonly purchases: readonly PurchaseRecord[];
  /** New or changed invoices and credit notes. */
  readonly invoices: readonly InvoiceRecord[];
  /** New or changed charges. */
  readonly charges: readonly ChargeRecord[];
  readonly activity: readonly ActivityRecord[];
  /** The notices to the account. */
  readonly notices: readonly NoticeRecord[];
}

export const noFacts: Facts = {
  entries: [],
  usage: [],
  holds: [],
  tasks: [],
  purchases: [],
  invoices: [],
  charges: [],
  activity: [],
  notices: [],
};

/** One command's facts after another's, in order. */
export function joinFacts(first: Facts, second: Facts): Facts {
  if (first === noFacts) return second;
  if (second === noFacts) return first;
  return {
    entries: [...first.entries, ...second.entries],
    usage: [...first.usage, ...second.usage],
    holds: [...first.holds, ...second.holds],
    tasks: [...first.tasks, ...second.tasks],
    purchases: [...first.purchases, ...second.purchases],
    invoices: [...first.invoices, ...second.invoices],
    charges: [...first.charges, ...second.charges],
    activity: [...first.activity, ...second.activity],
    notices: [...first.notices, ...second.notices],
  };
}

/** One cell of the daily rollups: so much of a metric on a day, in all (`dimension` '') or for one value. */
export interface UsageCell {
  readonly accountId: string;
  /** Days since 1970-01-01 in the account's zone. */
  readonly day: number;
  /** A metric id, or `credits` for charges. */
  readonly metric: string;
  /** '' for the total, else a SeriesDimension. */
  readonly dimension: string;
  readonly value: string;
  readonly quantity: Micros;
}
