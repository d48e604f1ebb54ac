import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import { type BenchServer, benchKey, startBenchServer } from '../support/bench-server.ts';
import { withFolder } from '../support/with-folder.ts';

const accounts = 200;
const streamsAnAccount = 50;
const streams = accounts * streamsAnAccount;
const memoryBytesMax = 2 ** 30;
/** Streams that are asked for at once; a port's queue of connections is finite. */
const openedAtOnce = 100;

export const bench: Bench = {
  name: 'open-streams',
  description: `1 GiB, against what one process holds in memory with ${streams} streams open, each told of a debit`,
  target: 1,
  measure: () =>
    withFolder(async (folder) => {
      const server = await startBenchServer('consume', join(folder, 'usage.db'));
      const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY });
      try {
        return await measureOn(server, agent);
      } finally {
        agent.destroy();
        await server.stop();
      }
    }),
};

async function measureOn(server: BenchServer, agent: Agent) {
  const base = `http://127.0.0.1:${server.port}`;
  const atRest = residentBytes(server);
  const readers: { token: string; accountId: string }[] = [];
  for (let account = 0; account < accounts; account += 1) {
    const accountId = `account-${account}`;
    await ask(base, 'PUT', `/v1/accounts/${accountId}`, { kind: 'organization', name: accountId });
    await ask(base, 'PUT', `/v1/accounts/${accountId}/members/mia`, { role: 'owner' });
    const { token } = await ask<{ token: string }>(base, 'POST', '/v1/tokens', {
      accountId,
      memberId: 'mia',
      lifetimeSeconds: 3_600,
    });
    for (let stream = 0; stream < streamsAnAccount; stream += 1) readers.push({ token, accountId });
  }
  let told = 0;
  let allTold = () => {};
  const whenAllTold = new Promise<void>((resolve) => {
    allTold = resolve;
  });
  const onChange = () => {
    told += 1;
    if (told === streams) allTold();
  };
  for (let next = 0; next < readers.length; next += openedAtOnce) {
    const some = readers.slice(next, next + openedAtOnce);
    await Promise.all(some.map((reader) => openStream(base, agent, reader, onChange)));
  }
  const opened = residentBytes(server);
  const startedAtMs = performance.now();
  for (let account = 0; account < accounts; account += 1) {
    await ask(base, 'POST', '/v1/consume', {
      accountId: `account-${account}`,
      items: [{ tool: 'search', calls: 1 }],
    });
  }
  await whenAllTold;
  const toldMs = performance.now() - startedAtMs;
  const busy = residentBytes(server);
  return {
    ratio: memoryBytesMax / Math.max(opened, busy),
    figures: {
      'MiB before': atRest / 2 ** 20,
      'MiB with all streams open': opened / 2 ** 20,
      'MiB after each was told of a debit': busy / 2 ** 20,
      'milliseconds until all were told': toldMs,
    },
  };
}

/** Opens one stream; resolves once it has greeted, and counts what it is told after that. */
function openStream(
  base: string,
  agent: Agent,
  { token, accountId }: { token: string; accountId: string },
  onChange: () => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      `${base}/v1/accounts/${accountId}/stream`,
      { agent, headers: { authorization: `Bearer ${token}` } },
      (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`A stream was answered with ${answer.statusCode}`));
        answer.setEncoding('utf8').on('data', (text: string) => {
          if (text.includes('"type":"hello"')) resolve();
          if (text.includes('"type":"change"')) onChange();
        });
        answer.on('error', () => {});
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

async function ask<Body>(base: string, method: string, path: string, body: unknown): Promise<Body> {
  const response = await fetch(base + path, {
    method,
    headers: {
      authorization: `Bearer ${benchKey}`,
      'content-type': 'application/json',
      ...(method === 'POST' && { 'idempotency-key': crypto.randomUUID() }),
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}`);
  return response.json();
}

/** What the process holds in memory, from the system: its heap, its buffers and its code. */
function residentBytes({ processId }: BenchServer): number {
  const status = readFileSync(`/proc/${processId}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1_024;
}
