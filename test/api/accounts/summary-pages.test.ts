import type { CatalogConfig, Summary } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { createTestServer } from '../support/test-server.ts';

const links = {
  usage: 'https://app.example.com/usage',
  tasks: '/tasks',
  billing: 'https://app.example.com/billing',
};

async function summaryFor(
  role: 'owner' | 'viewer' | null,
  catalog: Partial<CatalogConfig>,
): Promise<Summary> {
  const server = createTestServer({ catalog: { ...smallCatalogConfig, ...catalog } });
  await server.account('acme', { planId: 'pro' });
  if (role !== null) await server.put('/v1/accounts/acme/members/ada', { role });
  const token = await server.token(
    role === null ? { accountId: 'acme' } : { accountId: 'acme', memberId: 'ada' },
  );
  return (await server.get<Summary>('/v1/accounts/acme/summary', token)).body;
}

describe('the summary', () => {
  it('F26: tells the pages of the product that the catalog names', async () => {
    expect(await summaryFor('owner', { links })).toMatchObject({
      usageUrl: links.usage,
      tasksUrl: links.tasks,
      billingUrl: links.billing,
    });
  });

  it('F26: tells no page that the catalog does not name', async () => {
    const summary = await summaryFor('owner', { links: { billing: links.billing } });
    expect(summary).not.toHaveProperty('usageUrl');
    expect(summary).not.toHaveProperty('tasksUrl');
  });

  it('B12: tells no page on which the role finds nothing', async () => {
    const ofViewer = await summaryFor('viewer', { links });
    expect(ofViewer).toMatchObject({ usageUrl: links.usage, tasksUrl: links.tasks, billingUrl: null });
    const views = { viewer: { tasks: 'none' as const, usage: 'none' as const } };
    const ofNarrow = await summaryFor('viewer', { links, views });
    expect(ofNarrow).not.toHaveProperty('usageUrl');
    expect(ofNarrow).not.toHaveProperty('tasksUrl');
  });

  it('C12: tells a visitor no page', async () => {
    const text = JSON.stringify(await summaryFor(null, { links }));
    for (const address of Object.values(links)) expect(text).not.toContain(address);
  });
});
