import type { ErrorCode, RefusalReason } from '../contract/http/errors.ts';
import type { PauseCause } from '../contract/usage/usage.ts';
import type { Micros } from './amounts/amounts.ts';
import type { Catalog, CatalogMistake, PlanWindow } from './catalog/catalog-types.ts';
import type { Facts } from './facts.ts';
import type { MemberShare } from './members/state.ts';
import type { AccountState } from './state.ts';

/** The input of every decision. The state has been advanced to `nowMs`. */
export interface DecisionContext {
  readonly state: AccountState;
  readonly catalog: Catalog;
  /** An earlier or later version of it, for what keeps the prices that it was made with; the present one without. */
  catalogAt?(version: number): Catalog;
  /** The member that the command names, if it names one, with what the state says of it. */
  readonly member: MemberShare | undefined;
  /** By the account's clock. */
  readonly nowMs: number;
  /** By the system's clock. */
  readonly recordedAtMs: number;
  /** Unique to the command; ids of what it adds derive from it. */
  readonly commandId: string;
}

/** An outcome, the state after it, and the facts for the history. A refusal leaves state and facts unchanged. */
export interface Decision<Outcome> {
  readonly outcome: Outcome;
  readonly state: AccountState;
  readonly facts: Facts;
}

/** Why a gate refuses, with the figures that explain it. */
export interface RefusalFigures {
  readonly reason: RefusalReason;
  readonly metric: string | null;
  /** The capacity that is exceeded, where one is. */
  readonly capacity?: string;
  /** The window of time that refuses. */
  readonly window: PlanWindow | null;
  /** In the metric's unit, or in the charge's unit for credits. */
  readonly limit: Micros | null;
  readonly used: Micros | null;
  readonly requested: Micros;
  readonly available: Micros | null;
  readonly resetsAtMs: number | null;
  /** Whether buying something that is open to this account would let it through. */
  readonly purchasable: boolean;
  /** The purchases that would let it through, where a limit of the plan refuses. */
  readonly helps?: readonly ('add_on' | 'additional_use' | 'upgrade')[];
  /** Whether AI under the account's own key would avoid the missing amount. */
  readonly ownKeyHelps: boolean;
  readonly retryAfterSeconds: number | null;
  /** Why it is paused, where that refuses. */
  readonly pausedFor?: PauseCause;
}

/** The input names something that is not there, or lies out of range; the app turns it into a problem answer. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: ErrorCode;
  /** JSON Pointer to the wrong value, relative to the command's body. */
  readonly pointer: string;
  readonly accepted: string;
  /** Every mistake, where there may be several; `pointer` and `accepted` are then empty. */
  readonly mistakes: readonly CatalogMistake[];

  constructor(
    code: ErrorCode,
    detail: string,
    pointer = '',
    accepted = '',
    mistakes: readonly CatalogMistake[] = [],
  ) {
    super(detail);
    this.code = code;
    this.pointer = pointer;
    this.accepted = accepted;
    this.mistakes = mistakes;
  }
}
