import { apiBounds } from '../../../contract/api-bounds.ts';
import type { CatalogVersion, StoredCatalog } from '../../../contract/catalog/catalog-view.ts';
import {
  catalogVersionPage,
  catalogVersion as catalogVersionSchema,
  storedCatalog,
} from '../../../contract/catalog/catalog-view-schemas.ts';
import type { PageQuery } from '../../../contract/http/page.ts';
import { pageQuery } from '../../../contract/values/primitive-schemas.ts';
import type { CatalogRecord } from '../../../store/installation-records.ts';
import type { Store, StorePage } from '../../../store/store.ts';
import { StoredFormatError } from '../../../store/store-errors.ts';
import { formatInstant } from '../../http/instants.ts';
import { AppError } from '../../http/reply/problem.ts';
import { jsonReply } from '../../http/reply/reply.ts';
import { pageView } from '../../http/request/page-request.ts';
import { backendOnly, route } from '../../http/route.ts';
import { putOrRefuse } from './put-or-refuse.ts';

export const listCatalogVersions = route('GET /v1/catalog/versions', {
  words: 'The versions of the catalog, newest first',
  callers: backendOnly,
  query: pageQuery,
  answers: { 200: catalogVersionPage },
  async handle({ services: { store }, query }) {
    const latest = (await store.readCatalog())?.version ?? 0;
    return jsonReply(pageView(await pageOfVersions(store, query, latest), (found) => toView(found, latest)));
  },
});

export const getCatalogVersion = route('GET /v1/catalog/versions/:version', {
  words: 'One version of the catalog, as it was put',
  callers: backendOnly,
  answers: { 200: storedCatalog },
  async handle({ services: { store }, params }) {
    const record = await readVersion(store, params.version);
    const latest = (await store.readCatalog())?.version ?? 0;
    const view: StoredCatalog = { ...toView(record, latest), config: record.config };
    return jsonReply(view);
  },
});

/** An earlier version becomes the latest version again; if it is the latest already, nothing happens. */
export const restoreCatalog = route('POST /v1/catalog/versions/:version/restore', {
  words: 'Puts an earlier version of the catalog again, as the latest version',
  callers: backendOnly,
  answers: { 200: catalogVersionSchema },
  audit: () => ({}),
  async handle({ services, params, requestId, trail }) {
    const record = await readVersion(services.store, params.version);
    const { version } = await putOrRefuse(services, record.config, { requestId, trail });
    const restored = await readVersion(services.store, String(version));
    return jsonReply(toView(restored, version));
  },
});

async function readVersion(store: Store, text: string): Promise<CatalogRecord> {
  const record = /^[1-9]\d{0,8}$/.test(text) ? await store.readCatalog(Number(text)) : undefined;
  if (record === undefined) throw new AppError('not_found', `There is no version '${text}' of the catalog`);
  return record;
}

/** A version that cannot be read denies the list to none of the others; the doctor tells of the newest one. */
async function readOrPass(store: Store, version: number): Promise<CatalogRecord | undefined> {
  try {
    return await store.readCatalog(version);
  } catch (error) {
    if (error instanceof StoredFormatError) return undefined;
    throw error;
  }
}

/** Versions are counted without gaps, so the number of the last one is all that a place in their list needs. */
async function pageOfVersions(
  store: Store,
  { limit = apiBounds.pageSizeDefault, cursor }: PageQuery,
  latest: number,
): Promise<StorePage<CatalogRecord>> {
  if (cursor !== undefined && !/^\d{1,9}$/.test(cursor))
    throw new AppError('invalid_cursor', 'The cursor does not belong to this list');
  const items: CatalogRecord[] = [];
  let version = cursor === undefined ? latest : Math.min(latest, Number(cursor));
  for (; version > 0 && items.length < limit; version -= 1) {
    const record = await readOrPass(store, version);
    if (record !== undefined) items.push(record);
  }
  return { items, nextCursor: version > 0 ? String(version) : null };
}

function toView({ version, createdAtMs }: CatalogRecord, latest: number): CatalogVersion {
  return { version, createdAt: formatInstant(createdAtMs), isLatest: version === latest };
}
