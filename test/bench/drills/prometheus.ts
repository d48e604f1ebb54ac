import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { startPostgres } from '../../support/postgres-server.ts';
import { type DrillServer, drillKey, freePort, startDrillServer } from './drill-server.ts';

/*
 * Whether a real Prometheus loads the alert rules and answers every expression of rules and dashboard, from two servers
 * that are in use, one on each store: `npx node --conditions=source test/bench/drills/prometheus.ts`. It needs `prometheus` and
 * `promtool` (Debian: `apt-get install prometheus`), and ends with 1 where something is not loaded or an expression is an error.
 * It lists expressions without a result: those of failures and of the other store have none while all is well.
 */

/** Long enough for a rate over a few scrapes. */
const loadSeconds = 30;
const rulesFile = fileURLToPath(new URL('../../../server/operations/alerts.yml', import.meta.url));
const dashboardFile = new URL('../../../server/operations/dashboard.json', import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'usagekit-prometheus-'));

const postgres = await startPostgres();
const servers = [
  await startDrillServer(['--database', join(folder, 'usage.db')]),
  await startDrillServer(['--database-url', await postgres.freshDatabaseUrl()]),
];
const port = await freePort();
writeFileSync(
  join(folder, 'prometheus.yml'),
  JSON.stringify({
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: [rulesFile],
    scrape_configs: [
      {
        job_name: 'usagekit',
        static_configs: [{ targets: servers.map(({ metricsPort }) => `127.0.0.1:${metricsPort}`) }],
      },
    ],
  }),
);
const checked = spawnSync('promtool', ['check', 'config', join(folder, 'prometheus.yml')], {
  encoding: 'utf8',
});
console.log(checked.stdout, checked.stderr);
const prometheus = spawn(
  'prometheus',
  [
    `--config.file=${join(folder, 'prometheus.yml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`,
  ],
  { stdio: 'ignore' },
);
let isWell = checked.status === 0;
try {
  await Promise.all(servers.map(use));

  interface Rule {
    name: string;
    query: string;
    health: string;
    state: string;
    lastError?: string;
  }
  const { groups } = await ask<{ groups: { rules: Rule[] }[] }>('rules');
  const loaded = groups.flatMap(({ rules }) => rules);
  for (const { name, health, state, lastError = '' } of loaded) {
    console.log(`rule ${name}: ${health}, ${state} ${lastError}`);
    isWell &&= health === 'ok';
  }
  const written = parse(readFileSync(rulesFile, 'utf8')) as {
    groups: { rules: { alert: string; expr: string }[] }[];
  };
  const rules = written.groups.flatMap((group) => group.rules);
  isWell &&= loaded.length === rules.length;

  const { panels } = JSON.parse(readFileSync(dashboardFile, 'utf8')) as {
    panels: { title: string; targets: { expr: string }[] }[];
  };
  const expressions = [
    // What is compared with a bound, since a comparison has no result while all is well.
    ...rules.map(({ alert, expr }): [string, string] => [alert, expr.replace(/ (>|==) [^>=]*$/, '')]),
    ...panels.flatMap(({ title, targets }) => targets.map(({ expr }): [string, string] => [title, expr])),
  ];
  for (const [title, expr] of expressions) {
    const query = expr.replaceAll('$__rate_interval', '20s').replaceAll('$job', 'usagekit');
    const { result } = await ask<{ result: unknown[] }>(`query?query=${encodeURIComponent(query)}`);
    console.log(`${result.length === 0 ? 'NO RESULT' : `${result.length} series`}: ${title}: ${query}`);
  }
} catch (error) {
  isWell = false;
  console.error(error);
} finally {
  for (const server of servers) await server.stop();
  prometheus.kill('SIGTERM');
  if (prometheus.exitCode === null) await once(prometheus, 'exit');
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isWell ? 0 : 1);

/** Uses that are allowed and refused, a stream, a use without a price, and a wrong key. */
async function use({ url, send }: DrillServer): Promise<void> {
  await send('PUT', '/v1/accounts/acme', {});
  const stream = new AbortController();
  const opened = await fetch(`${url}/v1/accounts/acme/stream`, {
    headers: { authorization: `Bearer ${drillKey}` },
    signal: stream.signal,
  });
  void opened.body?.pipeTo(new WritableStream()).catch(() => undefined);
  const answers = new Map<number, number>();
  const count = ({ status }: Response) => answers.set(status, (answers.get(status) ?? 0) + 1);
  for (let second = 0; second < loadSeconds; second += 1) {
    for (let index = 0; index < 5; index += 1) {
      count(
        await send('POST', '/v1/consume', { accountId: 'acme', items: [{ tool: 'web_search', calls: 1 }] }),
      );
      count(
        await send('POST', '/v1/consume', {
          accountId: 'acme',
          items: [{ tool: 'web_search', calls: 100_000 }],
        }),
      );
    }
    const event = { id: `event-${second}`, accountId: 'acme', items: [{ model: 'no-such-model' }] };
    count(await send('POST', '/v1/events', { events: [event] }));
    count(await send('GET', '/v1/accounts/acme/credits', undefined, 'sk_test_wrong'));
    await pause(1_000);
  }
  stream.abort();
  console.log(url, Object.fromEntries(answers));
}

async function ask<Data>(path: string): Promise<Data> {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`);
  const body = (await response.json()) as { status: string; data: Data; error?: string };
  if (body.status !== 'success') throw new Error(`${path}: ${body.error}`);
  return body.data;
}
