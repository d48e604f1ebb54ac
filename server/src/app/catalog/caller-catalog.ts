import type { Catalog, Plan } from '../../domain/catalog/catalog-types.ts';
import { backendViewer, type Viewer } from '../access/viewer.ts';
import { readAccount } from '../accounts/account-reader.ts';
import type { Caller } from '../callers/caller.ts';
import type { Services } from '../services.ts';

interface CallerCatalog {
  readonly catalog: Catalog;
  readonly plan: Plan | null;
  readonly viewer: Viewer;
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
      catalog: services.catalogs.latest,
      plan: null,
      viewer: backendViewer,
      nowMs: services.clock.systemMs,
    };
  const { catalog, plan, viewer, nowMs, state } = await readAccount(services, id, caller);
  return { catalog, plan, viewer, nowMs, timeZone: state.profile.timeZone };
}
