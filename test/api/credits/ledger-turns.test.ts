import type { LedgerEntry, Page } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { createTestServer } from '../support/test-server.ts';

it('F21: a long page of the ledger gives others their turn, and is in order with the lines of each use', async () => {
  let stopwatchMs = 0;
  let turns = 0;
  const server = createTestServer({
    // Every look at the watch finds that a millisecond has gone by.
    stopwatchMs: () => {
      stopwatchMs += 1;
      return stopwatchMs;
    },
    afterTurn: (run) => {
      turns += 1;
      setImmediate(run);
    },
  });
  await server.account('acme', { planId: 'pro' });
  for (let use = 0; use < 60; use++)
    await server.post('/v1/consume', { accountId: 'acme', items: [{ model: 'swift-1' }] });
  const turnsBefore = turns;
  const { body } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger?limit=500');
  expect(turns - turnsBefore).toBeGreaterThan(10);
  const uses = body.items.filter(({ lineItems }) => lineItems !== undefined);
  expect(uses).toHaveLength(60);
  for (const use of uses) expect(use.lineItems).toHaveLength(1);
  const balances = uses.map(({ balanceAfter }) => Number(balanceAfter));
  expect(balances).toEqual([...balances].sort((a, b) => a - b));
});
