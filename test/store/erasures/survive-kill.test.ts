import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Erasure, type Page, paths, type UsageSeries } from '@usagekit/server/contract';
import { expect, it, onTestFinished } from 'vitest';
import { startPostgres } from '../../support/postgres-server.ts';
import { reconcile, type ServedProcess, servedKey, startServed } from '../served/served-process.ts';
import { catalog, erased, fillAccount, type Send, senderTo } from './filled-account.ts';

/** Events in one request, and requests: enough that an erasure takes a while. */
const eventsAtOnce = 1_000;
const requests = 6;

const places = {
  SQLite: async () => join(folderOf('usagekit-erased-'), 'usage.db'),
  PostgreSQL: async () => {
    const postgres = await startPostgres();
    onTestFinished(() => postgres.stop());
    return postgres.freshUrl();
  },
};

function folderOf(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function sendTo(server: ServedProcess): Send {
  return senderTo(async (request) => {
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    headers.set('authorization', `Bearer ${servedKey}`);
    const body = await request.text();
    return fetch(`${server.url}${pathname}${search}`, {
      method: request.method,
      headers,
      ...(body === '' ? {} : { body }),
    });
  });
}

async function untilSome(send: Send, isReached: (erasure: Erasure) => boolean): Promise<Erasure> {
  for (let tries = 0; tries < 3_000; tries++) {
    const { body } = await send<Page<Erasure>>('GET', paths.erasures);
    const [first] = body.items;
    if (first !== undefined && isReached(first)) return first;
    await pause(20);
  }
  throw new Error('The erasure never came so far.');
}

it.each(Object.entries(places))(
  'F2, F19, I17: an erasure on %s that is cut off by SIGKILL is finished by the next start, and nothing of it is done twice',
  async (_name, place) => {
    const database = await place();
    const catalogFile = join(folderOf('usagekit-erased-catalog-'), 'catalog.json');
    writeFileSync(catalogFile, JSON.stringify(catalog));
    const first = await startServed(database, catalogFile);
    onTestFinished(() => first.kill());
    const send = sendTo(first);
    await fillAccount(send, 'acme', Date.now());
    for (let request = 0; request < requests; request++) {
      const events = Array.from({ length: eventsAtOnce }, (_, index) => ({
        id: `event-${request}-${index}`,
        accountId: 'acme',
        memberId: erased.id,
        items: [{ metric: 'exports', quantity: '1' }],
      }));
      expect((await send('POST', paths.events, { events })).status).toBe(200);
    }
    // Nobody waits for the answer, which the kill takes away.
    const lost = send('POST', paths.eraseMember('acme', erased.id), { texts: [erased.email, 'Byron'] }).catch(
      () => null,
    );
    const cutOff = await untilSome(send, ({ things }) => things.some(({ noun }) => noun === 'usage'));
    expect(cutOff.status).toBe('under_way');
    await first.kill();
    await lost;

    const second = await startServed(database, catalogFile);
    onTestFinished(() => second.kill());
    const again = sendTo(second);
    // What is used meanwhile in that name is the pseudonym's, or once it is over a new member's: none of it is lost.
    const use = { accountId: 'acme', memberId: erased.id, items: [{ metric: 'exports', quantity: '1' }] };
    expect((await again('POST', paths.consume, use)).status).toBe(200);
    const proof = await untilSome(again, ({ status }) => status === 'done');
    expect(proof.id).toBe(cutOff.id);
    const query = new URLSearchParams({ metric: 'exports', groupBy: 'member', interval: 'day' });
    const { body: series } = await again<UsageSeries>('GET', `${paths.usageSeries('acme')}?${query}`);
    expect(series.total).toBe(String(eventsAtOnce * requests + 1));
    await second.stop();
    expect(await reconcile(database)).toBe('1 accounts, 0 balances that drifted.');
    if (database.includes('://')) return;
    const folder = join(database, '..');
    const bytes = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
    for (const trace of ['Augusta', 'Byron']) expect(bytes.join('').includes(trace)).toBe(false);
  },
  120_000,
);
