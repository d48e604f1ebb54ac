import type { Catalog } from '../catalog/catalog-types.ts';
import { addGrant, defaultPriority } from '../credits/grants.ts';
import { deriveId } from '../ids/derived-id.ts';
import type { AccountState, LedgerRecord } from '../state.ts';

const baselineId = 'baseline';

/** The entry by which a ledger tells whether its account was given the baseline. */
export const baselineEntryId: string = deriveId(baselineId, 'grant');

/** Gives the catalog's baseline to an account that has not had it, also to one that is older than the baseline. */
export function giveBaseline(
  state: AccountState,
  catalog: Catalog,
  moment: { readonly atMs: number; readonly recordedAtMs: number },
): { state: AccountState; entries: LedgerRecord[] } {
  if (!isOfAccounts(catalog) || state.baselineGiven !== false) return { state, entries: [] };
  const { state: given, entries } = addGrant(
    state,
    {
      id: baselineId,
      source: 'baseline',
      label: 'Included for every account',
      unit: catalog.unit,
      amount: catalog.baselineCredits,
      priority: defaultPriority.baseline,
      scope: {},
      expiresAtMs: null,
    },
    moment,
  );
  return { state: { ...given, baselineGiven: true }, entries };
}

/** Whether the ledger has to tell first if the account was given the baseline. */
export function needsBaselineLookUp({ baselineGiven }: AccountState, catalog: Catalog): boolean {
  return baselineGiven === null && isOfAccounts(catalog);
}

/** Whether the catalog has a baseline that an account gets once. */
export function isOfAccounts({ baselineCredits, baselineCreditsPer }: Catalog): boolean {
  return baselineCredits > 0n && baselineCreditsPer === 'account';
}

/** Gives the catalog's baseline for a member that is made, where it is one for every member. */
export function giveMemberBaseline(
  state: AccountState,
  catalog: Catalog,
  {
    memberId,
    atMs,
    recordedAtMs,
  }: { readonly memberId: string; readonly atMs: number; readonly recordedAtMs: number },
): { state: AccountState; entries: LedgerRecord[] } {
  if (catalog.baselineCredits === 0n || catalog.baselineCreditsPer !== 'member')
    return { state, entries: [] };
  return addGrant(
    state,
    {
      id: deriveId(baselineId, 'member', memberId),
      source: 'baseline',
      label: 'Included for every member',
      unit: catalog.unit,
      amount: catalog.baselineCredits,
      priority: defaultPriority.baseline,
      scope: {},
      expiresAtMs: null,
    },
    { atMs, recordedAtMs },
  );
}
