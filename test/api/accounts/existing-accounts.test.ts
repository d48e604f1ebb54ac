import { createUsageKitClient } from '@usagekit/node';
import type { Account, Activity, Invoice, Member, Page, Subscription } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { plansCatalogConfig } from '../../support/plans-catalog.ts';
import { createTestServer, secretKey } from '../support/test-server.ts';

describe('an account that a backend makes at every start', () => {
  it('keeps the plan, the name and the members’ roles that were chosen since', async () => {
    const server = createTestServer({ catalog: plansCatalogConfig });
    const usage = createUsageKitClient({
      url: 'https://usage.test',
      key: secretKey,
      fetch: (input: RequestInfo | URL, init?: RequestInit) => server.app.fetch(new Request(input, init)),
    });
    const start = async () => {
      await usage.ensureAccount('acme', { name: 'Acme', planId: 'basic' });
      await usage.ensureMember('acme', 'ann', { name: 'Ann', role: 'member' });
    };
    await start();
    expect((await server.get<Account>('/v1/accounts/acme')).body.name).toBe('Acme');
    await usage.changePlan('acme', { planId: 'pro' }, { idempotencyKey: 'up' });
    await usage.putAccount('acme', { name: 'Acme Two' });
    await usage.putMember('acme', 'ann', { role: 'owner' });
    const known = async () =>
      Promise.all([
        server.get<Account>('/v1/accounts/acme'),
        server.get<Member>('/v1/accounts/acme/members/ann'),
        server.get<Subscription>('/v1/accounts/acme/subscription'),
        server.get<Page<Invoice>>('/v1/accounts/acme/invoices'),
        server.get<Page<Activity>>('/v1/accounts/acme/activity'),
      ]).then((answers) => answers.map(({ body }) => ({ ...body, asOf: undefined })));
    const before = await known();
    await start();
    await start();
    expect(await known()).toEqual(before);
    expect(before[0]).toMatchObject({ name: 'Acme Two', planId: 'pro' });
    expect(before[1]).toMatchObject({ role: 'owner' });
  });
});
