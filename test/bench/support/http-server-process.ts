/**
 * A server in a process of its own, as benches need it: `constant` answers every POST with the same JSON by the adapter
 * through which the real one answers most requests; `commit FILE|URL` makes a bare durable commit before it does; `constant-whole` answers
 * by the real one's way for requests that it holds whole; `consume FILE|URL` is the real one. Writes its port as its first line, and
 * answers each message with the processor time that it has used.
 */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { serve } from '@usagekit/server/node';
import { Hono } from 'hono';
import { listenHttp } from '../../../server/src/node/server/http-server.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';
import { openBareCommits } from './bare-commits.ts';
import { benchKey, type ProcessorTime } from './bench-server.ts';

const [kind, database = ''] = process.argv.slice(2);

process.on('message', () => {
  const all = process.cpuUsage();
  const deciding = process.threadCpuUsage();
  const used: ProcessorTime = { all: all.user + all.system, deciding: deciding.user + deciding.system };
  process.send?.(used);
});

const constantAnswer = JSON.stringify({
  id: '0199f000-0000-7000-8000-000000000000',
  cost: { amount: '1', unit: 'credits' },
});

if (kind === 'constant-whole') {
  const http = await listenHttp({
    port: 0,
    host: '127.0.0.1',
    trustedProxies: 0,
    fetch: () => Promise.reject(new Error('A request of the bench is held whole')),
    answererOf: () => async (request) => {
      await request.text();
      return { status: 200, headers: { 'content-type': 'application/json' }, body: constantAnswer };
    },
    refuse: (_code, detail) => new Response(detail, { status: 500 }),
    report(error) {
      throw error;
    },
  });
  process.stdout.write(`${http.port}\n`);
} else if (kind === 'constant' || kind === 'commit') {
  const bare = kind === 'commit' ? await openBareCommits(database) : undefined;
  const app = new Hono();
  app.post('/v1/consume', async (context) => {
    await context.req.text();
    await bare?.commit();
    return new Response(constantAnswer, { headers: { 'content-type': 'application/json' } });
  });
  const http = createAdaptorServer({ fetch: app.fetch }) as Server;
  http.listen(0, '127.0.0.1', () => process.stdout.write(`${(http.address() as AddressInfo).port}\n`));
} else {
  const server = await serve({
    port: 0,
    ...(database.includes('://') ? { databaseUrl: database } : { databaseFile: database }),
    secretKeys: [benchKey],
    catalog: {
      ...smallCatalogConfig,
      plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, monthlyCredits: '1000000000' })),
    },
  });
  process.stdout.write(`${server.port}\n`);
}
