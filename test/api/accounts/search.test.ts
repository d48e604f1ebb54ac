import type { Account, Page } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

type Found = Page<Account>;
const idsOf = ({ items }: Found) => items.map(({ id }) => id);

describe('GET /v1/accounts with a search', () => {
  it('F28: finds accounts by a part of their id or name, whatever its case', async () => {
    const server = createTestServer();
    await server.account('org_17', { name: 'Harbor Studio' });
    await server.account('org_18', { name: 'Café Añil' });
    await server.account('harbor-2', { name: 'Other' });
    const search = async (text: string) =>
      idsOf((await server.get<Found>(`/v1/accounts?search=${encodeURIComponent(text)}`)).body);
    expect(await search('HARBOR')).toEqual(['harbor-2', 'org_17']);
    expect(await search('org_1')).toEqual(['org_17', 'org_18']);
    expect(await search('añil')).toEqual(['org_18']);
    expect(await search('nobody')).toEqual([]);
  });

  it('F28: goes on from page to page until every match was told once', async () => {
    const server = createTestServer();
    for (let index = 0; index < 30; index++)
      await server.account(`a${String(index).padStart(2, '0')}`, { name: index % 3 === 0 ? 'Match' : 'x' });
    const told: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { body }: { body: Found } = await server.get<Found>(`/v1/accounts?search=match&limit=4${after}`);
      expect(body.items.length).toBeLessThanOrEqual(4);
      told.push(...idsOf(body));
      cursor = body.nextCursor;
    }
    expect(told).toEqual(['a00', 'a03', 'a06', 'a09', 'a12', 'a15', 'a18', 'a21', 'a24', 'a27']);
  });
});
