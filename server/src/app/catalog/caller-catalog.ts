import type { Catalog, Plan } from '../../domain/catalog/catalog-types.ts';
import { readAccount } from '../accounts/account-reader.ts';
import type { Caller } from '../callers/caller.ts';
import { backendViewer, type Viewer } from '../callers/viewer.ts';
import type { Services } from '../services.ts';

/** The catalog as it holds for the caller: its account's, or the latest for the host's backend, which has no plan. */
export async function callerCatalog(
  { services, caller }: { services: Services; caller: Caller },
  accountId?: string,
): Promise<{ catalog: Catalog; plan: Plan | null; viewer: Viewer; nowMs: number }> {
  const id = caller.kind === 'secret_key' ? accountId : caller.accountId;
  if (id === undefined)
    return {
      catalog: services.catalogs.latest,
      plan: null,
      viewer: backendViewer,
      nowMs: services.clock.systemMs,
    };
  const { catalog, plan, viewer, nowMs } = await readAccount(services, id, caller);
  return { catalog, plan, viewer, nowMs };
}
