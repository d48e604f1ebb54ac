import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createUsageKitClient,
  type FailurePolicies,
  type OfflineClient,
  type Spool,
  UsageKitApiError,
  withFailurePolicy,
} from '@usagekit/server/client';
import { openFileSpool } from '@usagekit/server/client/spool';
import type { LedgerEntry, Page, Usage } from '@usagekit/server/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestServer, secretKey, startMs, type TestServer } from '../support/test-server.ts';

type Way = 'up' | 'refused' | 'answer_lost';

let directory: string;
let server: TestServer;
let way: Way;
const clients: OfflineClient[] = [];

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'usagekit-spool-'));
  server = createTestServer();
  way = 'up';
  await server.account('acme', { planId: 'free' });
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close();
  rmSync(directory, { recursive: true });
});

/** A network: the test says whether it reaches the server, and whether answers come back. */
async function fetchByWay(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  if (way === 'refused') throw new TypeError('connection refused');
  const response = await server.app.fetch(new Request(input, init));
  if (way === 'answer_lost') throw new TypeError('connection reset');
  return response;
}

async function clientWith(policies: FailurePolicies, spool?: Spool): Promise<OfflineClient> {
  const client = withFailurePolicy(
    createUsageKitClient({
      url: 'http://usage.test',
      key: secretKey,
      fetch: fetchByWay,
      delay: async () => {},
      retriesMax: 0,
    }),
    {
      policies,
      spool: spool ?? (await openFileSpool({ directory })),
      now: () => new Date(startMs),
      // The server is tried again when a test says so.
      delay: (_, signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
    },
  );
  clients.push(client);
  return client;
}

const emails = (quantity: string) => ({ accountId: 'acme', items: [{ metric: 'emails', quantity }] });

async function usedEmails() {
  const { body } = await server.get<Usage>('/v1/accounts/acme/usage');
  return body.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === 'emails')?.used;
}

async function debits(): Promise<LedgerEntry[]> {
  const { body } = await server.get<Page<LedgerEntry>>('/v1/accounts/acme/ledger');
  return body.items.filter(({ kind }) => kind === 'debit');
}

describe('F15: a use while the server cannot be reached', () => {
  it('fails where the policy is closed, which it is by default', async () => {
    const client = await clientWith({});
    way = 'refused';
    await expect(client.consume(emails('1'))).rejects.toThrow(UsageKitApiError);
    expect(client.offlineFigures()).toMatchObject({ reachable: false, pending: 0, denied: 1 });
  });

  it('is let through where the policy is open, and is charged once the server is back', async () => {
    const client = await clientWith({ of: { emails: 'open' } });
    way = 'refused';
    expect(await client.consume(emails('3'))).toMatchObject({ allowed: true, offline: true });
    expect(client.offlineFigures()).toMatchObject({
      pending: 1,
      admitted: 1,
      oldestAt: '2026-06-10T12:00:00.000Z',
    });
    way = 'up';
    expect(await client.flush()).toBe(true);
    expect(await usedEmails()).toBe('3');
    expect(client.offlineFigures()).toMatchObject({
      reachable: true,
      pending: 0,
      pendingBytes: 0,
      replayed: 1,
    });
  });

  it('passes a grace to the last unit and not beyond, however many come together', async () => {
    const client = await clientWith({ of: { emails: { graceUnits: 5 } } });
    way = 'refused';
    const asked = await Promise.allSettled(Array.from({ length: 12 }, () => client.consume(emails('1'))));
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(5);
    way = 'up';
    await client.flush();
    expect(await usedEmails()).toBe('5');
  });

  it('has a grace for each account, and whole again once what waited has been taken', async () => {
    await server.account('other');
    const client = await clientWith({ of: { emails: { graceUnits: 2 } } });
    way = 'refused';
    await client.consume(emails('2'));
    await expect(client.consume(emails('1'))).rejects.toThrow();
    expect(await client.consume({ ...emails('2'), accountId: 'other' })).toMatchObject({ offline: true });
    way = 'up';
    await client.flush();
    way = 'refused';
    expect(await client.consume(emails('2'))).toMatchObject({ offline: true });
  });

  it('passes whole or not at all where one of its items may not', async () => {
    const client = await clientWith({ of: { emails: 'open' } });
    way = 'refused';
    const both = { accountId: 'acme', items: [{ metric: 'emails', quantity: '1' }, { model: 'swift-1' }] };
    await expect(client.consume(both)).rejects.toThrow();
    expect(client.offlineFigures().pending).toBe(0);
  });

  it('does not ask the server first while it is known to be away', async () => {
    const client = await clientWith({ of: { emails: 'open' } });
    way = 'refused';
    await client.consume(emails('1'));
    way = 'up';
    expect(await client.consume(emails('1'))).toMatchObject({ offline: true });
    await client.flush();
    expect(await client.consume(emails('1'))).not.toHaveProperty('offline');
    expect(await usedEmails()).toBe('3');
  });

  it('is charged once where the server had done it and the answer was lost', async () => {
    const client = await clientWith({ default: 'open' });
    way = 'answer_lost';
    await client.consume({ accountId: 'acme', items: [{ model: 'swift-1' }] });
    way = 'up';
    await client.flush();
    expect(await debits()).toHaveLength(1);
  });

  it('is a fact where the gate would refuse it by then: it is reported once, under one id', async () => {
    const client = await clientWith({ default: 'open' });
    way = 'refused';
    const use = emails('8');
    await client.consume(use, { idempotencyKey: 'first/key:with=any~characters' });
    await client.consume(use);
    way = 'up';
    expect(await client.flush()).toBe(true);
    // 10 are included and the limit is hard: the second is beyond it, and happened.
    expect(await usedEmails()).toBe('16');
    expect(client.offlineFigures()).toMatchObject({ replayed: 2, rejected: 0 });
  });

  it('is set aside with the reason where the server will never take it', async () => {
    const client = await clientWith({ default: 'open' });
    way = 'refused';
    await client.consume({ ...emails('1'), accountId: 'nobody' });
    await client.consume(emails('2'));
    way = 'up';
    expect(await client.flush()).toBe(true);
    expect(client.offlineFigures()).toMatchObject({ replayed: 1, rejected: 1, pending: 0 });
    expect(readFileSync(join(directory, 'rejected.jsonl'), 'utf8')).toContain('nobody');
    expect(await usedEmails()).toBe('2');
  });

  it('fails where the spool holds as much as it may, and nothing of it is kept', async () => {
    const spool = await openFileSpool({ directory, bytesMax: 600 });
    const client = await clientWith({ default: 'open' }, spool);
    way = 'refused';
    await client.consume(emails('1'));
    await client.consume(emails('1'));
    await expect(client.consume(emails('1'))).rejects.toThrow(/at most 600 bytes/);
    expect(client.offlineFigures()).toMatchObject({ admitted: 2, denied: 1, pending: 2 });
  });
});

describe('F15: facts while the server cannot be reached', () => {
  it('events and settlements are kept whatever the policies say, and sent in their order', async () => {
    const client = await clientWith({});
    const hold = await client.createHold({ accountId: 'acme', items: [{ model: 'swift-1' }] });
    if (!hold.allowed) throw new Error('the hold was refused');
    way = 'refused';
    const settled = await client.settleHold(hold.hold.id, {
      accountId: 'acme',
      items: [{ model: 'swift-1' }],
    });
    const reported = await client.reportEvents([{ id: 'e1', ...emails('4') }]);
    expect([settled, reported]).toMatchObject([{ offline: true }, { offline: true }]);
    way = 'up';
    expect(await client.flush()).toBe(true);
    expect(await usedEmails()).toBe('4');
    expect(await debits()).toHaveLength(1);
    const { body } = await server.get<{ status: string }>(`/v1/holds/${hold.hold.id}?accountId=acme`);
    expect(body.status).toBe('settled');
  });

  it('an event is dated when it happened, not when it is sent', async () => {
    const client = await clientWith({});
    way = 'refused';
    await client.reportEvents([{ id: 'e1', ...emails('1') }]);
    const [entry] = readFileSync(join(directory, 'spool.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(entry ?? '').entry.sent.body.events[0].at).toBe('2026-06-10T12:00:00.000Z');
  });
});

it('F15: refuses a key that the server would refuse, before anything is let through', async () => {
  const client = await clientWith({ default: 'open' });
  way = 'refused';
  await expect(client.consume(emails('1'), { idempotencyKey: 'two words' })).rejects.toThrow(/visible ASCII/);
  expect(client.offlineFigures()).toMatchObject({ pending: 0, admitted: 0 });
});

it('F15: names a policy that is not known', async () => {
  await expect(clientWith({ of: { emails: 'opne' as 'open' } })).rejects.toThrow(
    /'emails'.*"opne".*'closed', 'open' and \{ graceUnits/,
  );
});
