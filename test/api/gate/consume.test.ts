import type { ConsumeAnswer, Credits } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

const deepRequest = { accountId: 'acme', items: [{ model: 'deep-1' }] };

describe('POST /v1/consume', () => {
  it('C1: debits each request by the rate of its model and says what it cost and what is left', async () => {
    const server = createTestServer();
    await server.account('acme', { planId: 'pro' });

    const deep = await server.post<ConsumeAnswer>('/v1/consume', deepRequest);
    expect(deep.body.cost.amount).toBe('110');
    const light = await server.post<ConsumeAnswer>('/v1/consume', {
      accountId: 'acme',
      items: [{ model: 'swift-1' }],
    });

    expect(light.status).toBe(200);
    expect(light.body.cost).toEqual({
      amount: '1',
      unit: 'credits',
      lineItems: [
        { kind: 'llm', label: 'Swift 1', quantity: '1', unit: 'requests', of: 'request', amount: '1' },
      ],
    });
    expect(light.body.remaining.credits).toEqual({ available: '889', held: '0', unit: 'credits' });
  });

  it('B5: shows the balance that a consume left', async () => {
    const server = createTestServer();
    await server.account();
    await server.post('/v1/consume', { accountId: 'acme', items: [{ tool: 'search', calls: 3 }] });
    const credits = await server.get<Credits>('/v1/accounts/acme/credits');
    expect(credits.body.available).toBe('94');
    expect(credits.body.spentThisCycle).toBe('6');
    expect(credits.body.recent[0]).toMatchObject({ kind: 'debit', amount: '-6', balanceAfter: '94' });
  });

  it('F2: gives the first answer again for the same key, status and body, and charges once', async () => {
    const server = createTestServer();
    await server.account();
    const use = { accountId: 'acme', items: [{ model: 'swift-1' }] };
    const first = await server.post('/v1/consume', use, { key: 'once' });
    const second = await server.post('/v1/consume', use, { key: 'once' });
    expect(second.status).toBe(first.status);
    expect(second.text).toBe(first.text);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(first.headers.get('idempotent-replayed')).toBe(null);
    expect((await server.get<Credits>('/v1/accounts/acme/credits')).body.available).toBe('99');
  });
});
