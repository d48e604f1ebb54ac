import { type Decision, type DecisionContext, DomainError } from '../decision.ts';
import { noFacts } from '../facts.ts';
import { decideRemoveMember } from '../members/members.ts';
import type { MemberRecord } from '../members/state.ts';
import type { AccountState } from '../state.ts';
import type { Erasing } from './state.ts';

/**
 * Removes a member, if it is not removed yet, and marks the account: from here on all writes name the pseudonym. The member is
 * undefined if no member with that id was ever made; use in its name is erased all the same.
 */
export function decideEraseMember(
  context: DecisionContext,
  present: MemberRecord | undefined,
  erasing: Erasing,
): Decision<MemberRecord | null> {
  const { state } = context;
  if (isMarked(state, erasing)) return { outcome: null, state, facts: noFacts };
  const isThere = present !== undefined && present.removal?.isBack !== false;
  const removed = isThere ? decideRemoveMember(context, present, erasing.pseudonym) : null;
  return {
    outcome: removed?.outcome ?? null,
    state: withMark(removed?.state ?? state, erasing),
    facts: removed?.facts ?? noFacts,
  };
}

/**
 * Closes an account: it decides nothing more until it stands under its pseudonym.
 * @throws DomainError `conflict` while money is on its way, whose end nobody could be told.
 */
export function decideEraseAccount(state: AccountState, erasing: Erasing): AccountState {
  if (isMarked(state, erasing)) return state;
  const { billing, topUp } = state;
  const isChargeUnderWay =
    topUp.inFlightPurchaseId !== null ||
    billing.pendingChange !== null ||
    billing.unpaid.some(({ charge }) => charge !== null);
  if (isChargeUnderWay)
    throw new DomainError('conflict', 'A charge of the account is under way; erase it when that is over');
  // One member's erasure has nothing left to do once all of them are erased.
  return { ...state, erasing: [erasing] };
}

/** The account once the last row of a member was replaced: nothing remembers whom the pseudonym stands for. */
export function withoutMark(state: AccountState, erasureId: string): AccountState {
  const { erasing = [], ...rest } = state;
  const others = erasing.filter((each) => each.erasureId !== erasureId);
  return others.length === 0 ? rest : { ...rest, erasing: others };
}

export function isMarked({ erasing }: AccountState, { erasureId }: Pick<Erasing, 'erasureId'>): boolean {
  return erasing?.some((each) => each.erasureId === erasureId) === true;
}

function withMark(state: AccountState, erasing: Erasing): AccountState {
  return { ...state, erasing: [...(state.erasing ?? []), erasing] };
}
