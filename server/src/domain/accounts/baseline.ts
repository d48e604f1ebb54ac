import { type Micros, totalMax } from '../amounts/amounts.ts';
import type { Catalog } from '../catalog/catalog-types.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import type { LedgerRecord } from '../credits/state.ts';
import { isClosedByErasure } from '../erasures/erase-state.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState } from '../state.ts';
import { memberBaselineName, nameOfSource } from '../stored-words/stored-names.ts';

const baselineId = 'baseline';

/** The entry by which a ledger tells whether its account was given the baseline. */
export const baselineEntryId: string = deriveId(baselineId, 'grant');

/** The entry by which a ledger tells whether the baseline was given for a member when it was made. */
export function memberBaselineEntryId(memberId: string): string {
  return deriveId(memberGrantId(memberId), 'grant');
}

/** The baseline by the account's ledger; the account's state does not hold it. */
export interface BaselineFacts {
  /** The account was given one of its own. */
  readonly given: boolean;
  /** Members for whom it is still to be given: those that are older than the catalog's baseline. */
  readonly membersWithout: number;
}

/** A moment in the account's time, and in the system's. */
interface Moment {
  readonly atMs: number;
  readonly recordedAtMs: number;
}

type Given = { state: AccountState; entries: LedgerRecord[] };

/** Gives the catalog's baseline to an account that has not had it, also to one that is older than the baseline. */
export function giveBaseline(state: AccountState, catalog: Catalog, moment: Moment): Given {
  if (!isOfAccounts(catalog) || state.baselineGiven !== false) return { state, entries: [] };
  const given = grantBaseline(state, catalog, {
    id: baselineId,
    label: nameOfSource('baseline'),
    amount: catalog.baselineCredits,
    ...moment,
  });
  return { ...given, state: { ...given.state, baselineGiven: true } };
}

/** Whether the ledger has to tell first what was given of the baseline. */
export function needsBaselineLookUp(state: AccountState, catalog: Catalog): boolean {
  if (isOfAccounts(catalog)) return state.baselineGiven === null;
  return isOfMembers(catalog) && areMembersOlder(state);
}

/** Whether the catalog has a baseline that an account gets once. */
export function isOfAccounts({ baselineCredits, baselineCreditsPer }: Catalog): boolean {
  return baselineCredits > 0n && baselineCreditsPer === 'account';
}

/** Whether the catalog has a baseline that each member adds once. */
export function isOfMembers({ baselineCredits, baselineCreditsPer }: Catalog): boolean {
  return baselineCredits > 0n && baselineCreditsPer === 'member';
}

/** Whether some of the members may have been made before the catalog's baseline. */
function areMembersOlder(state: AccountState): boolean {
  return state.baselineGiven !== true && state.memberCount > 0 && !isClosedByErasure(state);
}

/** Gives the catalog's baseline for a member that is made, where it is one for every member. */
export function giveMemberBaseline(
  state: AccountState,
  catalog: Catalog,
  { memberId, ...moment }: { readonly memberId: string } & Moment,
): Given {
  if (!isOfMembers(catalog)) return { state, entries: [] };
  // Whose first member gets it has no older ones.
  const known =
    state.memberCount <= 1 && state.baselineGiven === false ? { ...state, baselineGiven: true } : state;
  return grantBaseline(known, catalog, {
    id: memberGrantId(memberId),
    label: memberBaselineName,
    amount: catalog.baselineCredits,
    ...moment,
  });
}

/**
 * Gives the catalog's baseline for the members that are older than it, once and as one grant. An account that was given one of its own
 * gets nothing again.
 */
export function giveOlderMembersBaseline(
  state: AccountState,
  catalog: Catalog,
  { given, membersWithout, ...moment }: BaselineFacts & Moment,
): Given {
  if (!isOfMembers(catalog) || !areMembersOlder(state)) return { state, entries: [] };
  const known: AccountState = { ...state, baselineGiven: true };
  if (given || membersWithout === 0) return { state: known, entries: [] };
  return grantBaseline(known, catalog, {
    id: deriveId(baselineId, catalog.version),
    label: memberBaselineName,
    amount: least(catalog.baselineCredits * BigInt(membersWithout), totalMax),
    ...moment,
  });
}

/** More than a store holds would stop the account. */
function least(amount: Micros, max: Micros): Micros {
  return amount < max ? amount : max;
}

function memberGrantId(memberId: string): string {
  return deriveId(baselineId, 'member', memberId);
}

function grantBaseline(
  state: AccountState,
  { unit }: Catalog,
  {
    id,
    label,
    amount,
    atMs,
    recordedAtMs,
  }: { readonly id: string; readonly label: string; readonly amount: Micros } & Moment,
): Given {
  const grant = {
    id,
    source: 'baseline' as const,
    label,
    unit,
    amount,
    priority: defaultPriority.baseline,
    scope: {},
    expiresAtMs: null,
  };
  return addGrant(state, grant, { atMs, recordedAtMs });
}
