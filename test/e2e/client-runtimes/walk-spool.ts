import { createUsageKitClient, withFailurePolicy } from '@usagekit/node';
import { openFileSpool } from '@usagekit/node/spool';
import type { Way } from './walk.ts';

/** For runtimes with Node's modules: a use while the server is away waits on the disk, and is charged once when it is back. */
export async function walkSpool({ url, key, accountId, directory }: Way & { directory: string }) {
  let isAway = false;
  const client = createUsageKitClient({
    url,
    key,
    retriesMax: 0,
    fetch: async (input, init) => {
      if (isAway) throw new TypeError('connection refused');
      return fetch(input, init);
    },
  });
  const spool = await openFileSpool({ directory });
  const usage = withFailurePolicy(client, { policies: { default: 'open' }, spool, delay: () => pause(20) });
  await client.putAccount(accountId, { name: 'Away', planId: 'free' });
  isAway = true;
  const run = await usage.consume({ accountId, items: [{ tool: 'search', calls: 4 }] });
  const waiting = usage.offlineFigures().pending;
  isAway = false;
  // Counted once it has left the disk.
  while (usage.offlineFigures().replayed === 0) await pause(20);
  const { available } = await client.request('GET /v1/accounts/:accountId/credits', {
    params: { accountId },
  });
  const { replayed } = usage.offlineFigures();
  await usage.close();
  return { allowed: run.allowed, waiting, replayed, available };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

export const expectedSpool = { allowed: true, waiting: 1, replayed: 1, available: '92' };
