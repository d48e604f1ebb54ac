import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Invoice, Page } from '@usagekit/server/contract';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { billedCatalog } from '../api/invoices/paying-account.ts';
import { type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { reconcile, type ServedProcess, servedKey, startServed } from './served/served-process.ts';

const months = 3;
const accountIds = ['a', 'b', 'c'];
let folder: string;
let postgres: PostgresServer;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-closing-'));
  writeFileSync(join(folder, 'catalog.json'), JSON.stringify(billedCatalog));
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('L201, A7: numbers invoices without a gap and none twice where several servers close periods at once', async () => {
  const database = await postgres.freshUrl();
  const catalogFile = join(folder, 'catalog.json');
  const first = await startServed(database, catalogFile);
  const servers: ServedProcess[] = [first];
  try {
    servers.push(...(await Promise.all([1, 2].map(() => startServed(database, catalogFile)))));
    const send = async <Body>(server: ServedProcess, method: string, path: string, body?: unknown) => {
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${servedKey}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          'idempotency-key': crypto.randomUUID(),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      expect(response.status).toBeLessThan(300);
      return (await response.json()) as Body;
    };
    await send(first, 'POST', '/v1/test-clocks', { id: 'clock', now: '2026-01-31T00:00:00.000Z' });
    for (const id of accountIds)
      await send(first, 'PUT', `/v1/accounts/${id}`, { planId: 'basic', testClockId: 'clock' });
    const invoicesOf = async (server: ServedProcess, id: string) =>
      (await send<Page<Invoice>>(server, 'GET', `/v1/accounts/${id}/invoices?limit=100`)).items;
    for (let month = 1; month <= months; month++) {
      const to = new Date(Date.UTC(2026, month + 1, 0)).toISOString();
      await send(first, 'POST', '/v1/test-clocks/clock/advance', { to });
      // Whoever looks first closes the period; the servers' own timers do so too meanwhile.
      await Promise.all(
        accountIds.flatMap((id) =>
          servers.flatMap((server) => [
            invoicesOf(server, id),
            send(server, 'POST', `/v1/accounts/${id}/invoice-lines`, {
              subject: 'Call',
              amount: '1',
              when: 'now',
            }),
          ]),
        ),
      );
    }
    const expected = 1 + months + months * servers.length;
    for (const id of accountIds) {
      const invoices = await invoicesOf(first, id);
      const numbers = invoices.map(({ number }) => Number(number?.replace('INV-', '')));
      expect(numbers.sort((a, b) => a - b)).toEqual(
        Array.from({ length: expected }, (_, index) => index + 1),
      );
      const fees = invoices.filter(({ lines }) => lines.some(({ kind }) => kind === 'plan_fee'));
      expect(new Set(fees.map(({ issuedAt }) => issuedAt)).size).toBe(1 + months);
      expect(fees).toHaveLength(1 + months);
    }
  } finally {
    await Promise.all(servers.map((server) => server.kill()));
  }
  expect(await reconcile(database)).toBe('3 accounts, 0 balances that drifted.');
}, 120_000);
