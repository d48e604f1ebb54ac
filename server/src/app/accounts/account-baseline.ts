import {
  type BaselineFacts,
  baselineEntryId,
  isOfAccounts,
  memberBaselineEntryId,
  needsBaselineLookUp,
} from '../../domain/accounts/baseline.ts';
import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import type { MemberRecord } from '../../domain/members/state.ts';
import type { AccountState } from '../../domain/state.ts';
import type { StorePage } from '../../store/store.ts';
import type { Services } from '../services.ts';

/** The ledger has to tell what was given of the baseline; `readBaselineFacts` reads it. */
export class BaselineNotReadError extends Error {
  override readonly name = 'BaselineNotReadError';
}

/** Entries that are asked for at once. */
const readsAtOnce = 50;

/** The entries of the account's ledger that gave the baseline. */
export async function readBaselineFacts(services: Services, accountId: string): Promise<BaselineFacts> {
  const { store } = services;
  const given = (await store.readEntry(accountId, baselineEntryId)) !== undefined;
  // Members are not given again a baseline that the account itself was given.
  if (given) return { given, membersWithout: 0 };
  return { given, membersWithout: await countMembersWithout(services, accountId) };
}

async function countMembersWithout({ store }: Services, accountId: string): Promise<number> {
  let count = 0;
  let cursor: string | null = null;
  do {
    const page: StorePage<MemberRecord> = await store.listMembers(accountId, {
      limit: readsAtOnce,
      ...(cursor !== null && { cursor }),
    });
    const entries = await Promise.all(
      page.items.filter(isPresent).map(({ id }) => store.readEntry(accountId, memberBaselineEntryId(id))),
    );
    count += entries.filter((entry) => entry === undefined).length;
    cursor = page.nextCursor;
  } while (cursor !== null);
  return count;
}

function isPresent({ removal }: MemberRecord): boolean {
  return removal === undefined || removal.isBack;
}

/**
 * The account with what its ledger says of the baseline, where that matters and the account itself does not say it.
 * @throws BaselineNotReadError where the ledger has to be read first.
 */
export function withBaselineKnown(
  state: AccountState,
  catalog: Catalog,
  facts: BaselineFacts | undefined,
): AccountState {
  if (!needsBaselineLookUp(state, catalog)) return state;
  if (facts === undefined) throw new BaselineNotReadError();
  return isOfAccounts(catalog) ? { ...state, baselineGiven: facts.given } : state;
}
