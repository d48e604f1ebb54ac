import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { servedKey, startServed } from '../../store/served/served-process.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-stop-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Answered {
  readonly status: number;
  readonly connection: string | undefined;
}

it('F21: a stop answers all that comes on the connections there are, says which answer is the last, and resets nothing', async () => {
  const catalogFile = join(folder, 'catalog.json');
  writeFileSync(catalogFile, JSON.stringify(smallCatalogConfig));
  const server = await startServed(join(folder, 'usage.sqlite'), catalogFile);
  const headers = { authorization: `Bearer ${servedKey}`, 'content-type': 'application/json' };
  await fetch(`${server.url}/v1/accounts/acme`, { method: 'PUT', headers, body: '{}' });
  const agents = Array.from({ length: 64 }, () => new Agent({ keepAlive: true, maxSockets: 1 }));

  /** One request on the agent's own connection; rejects where it is reset or never answered. */
  const consume = (agent: Agent) =>
    new Promise<Answered>((resolve, reject) => {
      const sent = request(
        `${server.url}/v1/consume`,
        { method: 'POST', agent, headers: { ...headers, 'idempotency-key': crypto.randomUUID() } },
        (response) => {
          response.resume();
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, connection: response.headers.connection }),
          );
          response.on('error', reject);
        },
      );
      sent.on('error', reject);
      sent.end(JSON.stringify({ accountId: 'acme', items: [{ metric: 'exports', quantity: '1' }] }));
    });

  let isWarm = 0;
  const warm = Promise.withResolvers<void>();
  /** Sends on its connection until an answer says that it is the last. */
  const useUntilLast = async (agent: Agent): Promise<Answered> => {
    for (let count = 0; ; count++) {
      const answered = await consume(agent);
      if (count === 0 && ++isWarm === agents.length) warm.resolve();
      if (answered.connection === 'close') return answered;
    }
  };
  const using = agents.map(useUntilLast);
  await warm.promise;
  const stopped = server.stop();
  const last = await Promise.all(
    using.map(async (used, index) => {
      const answered = await used;
      // Whoever was told that it is the last calls again: nobody listens, where a port that is still open would take it and reset it.
      const again = consume(agents[index] as Agent);
      await expect(again).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      return answered;
    }),
  );
  expect(new Set(last.map(({ status }) => status))).toEqual(new Set([200]));
  expect(await stopped).toBe(0);
}, 30_000);
