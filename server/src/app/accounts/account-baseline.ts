import { baselineEntryId, needsBaselineLookUp } from '../../domain/accounts/baseline.ts';
import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import type { AccountState } from '../../domain/state.ts';
import type { Services } from '../services.ts';

/** The ledger has to tell whether the account was given the baseline; `wasBaselineGiven` reads it. */
export class BaselineNotReadError extends Error {
  override readonly name = 'BaselineNotReadError';
}

/** Whether the account's ledger has the baseline. */
export async function wasBaselineGiven({ store }: Services, accountId: string): Promise<boolean> {
  return (await store.readEntry(accountId, baselineEntryId)) !== undefined;
}

/**
 * The account with what its ledger says of the baseline, where that matters and the account itself does not say it.
 * @throws BaselineNotReadError where the ledger has to be read first.
 */
export function withBaselineKnown(
  state: AccountState,
  catalog: Catalog,
  baselineGiven: boolean | undefined,
): AccountState {
  if (!needsBaselineLookUp(state, catalog)) return state;
  if (baselineGiven === undefined) throw new BaselineNotReadError();
  return { ...state, baselineGiven };
}
