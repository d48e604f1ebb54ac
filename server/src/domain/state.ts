import type { Profile } from './accounts/state.ts';
import type { GrantPart, Wallet } from './credits/state.ts';
import type { Erasing } from './erasures/state.ts';
import type { OpenHold } from './holds/state.ts';
import type { BillingState } from './invoices/state.ts';
import type { MemberShare } from './members/state.ts';
import type { TopUpProgress } from './purchases/state.ts';
import type { SubscriptionState } from './subscription/state.ts';
import type { Unpriced } from './unpriced/state.ts';
import type { CycleUsage, EarlierCycle, OutsideCounters } from './usage/state.ts';
import type { WindowUses } from './windows/state.ts';

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
   * Cycles, and parts of them, before the present one that an event of `apiBounds.eventAgeDaysMax` days can belong to, latest
   * first: two cycles at most, unless cycles were cut short.
   */
  readonly earlierCycles: readonly EarlierCycle[];
  readonly holds: readonly OpenHold[];
  /** Tasks in progress, which a plan may bound. */
  readonly runningTasks: number;
  /** At most `apiBounds.membersPerAccountMax`. */
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
