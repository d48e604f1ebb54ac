import type { CatalogVersion, Page, StoredCatalog } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const labelled = (one: string) => ({ ...smallCatalogConfig, creditLabel: { one, other: `${one}s` } });

describe('GET /v1/catalog/versions', () => {
  it('F18: lists every version of the catalog, newest first, page by page', async () => {
    const server = createTestServer();
    await server.put('/v1/catalog', labelled('coin'));
    await server.put('/v1/catalog', labelled('token'));
    const first = await server.get<Page<CatalogVersion>>('/v1/catalog/versions?limit=2');
    expect(first.body.items.map(({ version, isLatest }) => [version, isLatest])).toEqual([
      [3, true],
      [2, false],
    ]);
    const rest = await server.get<Page<CatalogVersion>>(
      `/v1/catalog/versions?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect(rest.body.items.map(({ version }) => version)).toEqual([1]);
    expect(rest.body.nextCursor).toBeNull();
    expect((await server.get('/v1/catalog/versions?cursor=x')).status).toBe(400);
  });

  it('F18: gives a version as it was put, and 404 for one that is not there', async () => {
    const server = createTestServer();
    await server.put('/v1/catalog', labelled('coin'));
    const one = await server.get<StoredCatalog>('/v1/catalog/versions/2');
    expect(one.body.config.creditLabel).toEqual({ one: 'coin', other: 'coins' });
    for (const version of ['3', '0', '01', 'latest'])
      expect((await server.get(`/v1/catalog/versions/${version}`)).status).toBe(404);
  });
});

describe('POST /v1/catalog/versions/{version}/restore', () => {
  it('F18: makes an earlier version the latest one, once, and the audit names both', async () => {
    const server = createTestServer();
    await server.put('/v1/catalog', labelled('coin'));
    const restored = await server.post<CatalogVersion>('/v1/catalog/versions/1/restore', undefined);
    expect(restored.body).toMatchObject({ version: 3, isLatest: true });
    const latest = await server.get<StoredCatalog>('/v1/catalog/versions/3');
    expect(latest.body.config).toEqual(smallCatalogConfig);
    const again = await server.post<CatalogVersion>('/v1/catalog/versions/1/restore', undefined);
    expect(again.body.version).toBe(3);
    const audit = await server.get<Page<{ action: string; details: object }>>('/v1/audit');
    expect(audit.body.items.map(({ action, details }) => [action, details])).toContainEqual([
      'POST /v1/catalog/versions/:version/restore',
      { version: '1', catalogVersion: '3' },
    ]);
  });

  it('F18: refuses a version that leaves out a plan which accounts are on, and keeps the catalog', async () => {
    const server = createTestServer();
    const [plan] = smallCatalogConfig.plans;
    await server.put('/v1/catalog', {
      ...smallCatalogConfig,
      plans: [...smallCatalogConfig.plans, { ...plan, id: 'grand', name: 'Grand', rank: 9 }],
    });
    await server.account('acme', { planId: 'grand' });
    const refused = await server.post<{ code: string }>('/v1/catalog/versions/1/restore', undefined);
    expect([refused.status, refused.body.code]).toEqual([422, 'invalid_catalog']);
    const { body } = await server.get<Page<CatalogVersion>>('/v1/catalog/versions');
    expect(body.items[0]?.version).toBe(2);
  });
});
