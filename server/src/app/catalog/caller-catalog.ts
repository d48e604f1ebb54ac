import type { Catalog, Plan } from '../../domain/catalog/catalog-types.ts';
import type { AccountState } from '../../domain/state.ts';
import { backendViewer, type Viewer } from '../access/viewer.ts';
import { readAccount } from '../accounts/account-reader.ts';
import type { Caller } from '../callers/caller.ts';
import type { Services } from '../services.ts';

/** The account that a caller's catalog holds for. */
export interface CallerAccount {
  readonly state: AccountState;
  readonly nowMs: number;
}

interface CallerCatalog {
  readonly catalog: Catalog;
  readonly plan: Plan | null;
  readonly viewer: Viewer;
  /** Null for the host's backend that names none. */
  readonly account: CallerAccount | null;
  readonly nowMs: number;
  /** The account's zone; undefined without an account. */
  readonly timeZone?: string;
}

/** The catalog as it holds for the caller: its account's, or the latest for the host's backend, which has no plan. */
export async function callerCatalog(
  { services, caller }: { services: Services; caller: Caller },
  accountId?: string,
): Promise<CallerCatalog> {
  const id = caller.kind === 'secret_key' ? accountId : caller.accountId;
  if (id === undefined)
    return {
      catalog: services.catalogs.at(services.catalogs.latest.version, caller.language),
      plan: null,
      viewer: backendViewer,
      account: null,
      nowMs: services.clock.systemMs,
    };
  const { catalog, plan, viewer, nowMs, state } = await readAccount(services, id, caller);
  return { catalog, plan, viewer, account: { state, nowMs }, nowMs, timeZone: state.profile.timeZone };
}
