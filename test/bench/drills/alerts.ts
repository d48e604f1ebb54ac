import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { type DrillServer, startDrillServer } from './drill-server.ts';

/*
 * Whether each alert rule fires on what a server tells in the state that the rule is for, and none on what it tells while all is well:
 * `npx node --conditions=source test/bench/drills/alerts.ts`. It needs `promtool` (Debian: `apt-get install prometheus`). A server is
 * brought into each state, its metrics are read twice, and promtool evaluates the rules as if the state went on for half an hour.
 * It ends with 1 where a rule is silent in its state, or speaks while all is well.
 */

const rulesFile = fileURLToPath(new URL('../../../server/operations/alerts.yml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'usagekit-alerts-'));
const betweenScrapesMs = 4_000;
const minutes = 30;
/** The name of one rule, to look at it alone. */
const only = process.argv[2];

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
const { groups } = parse(readFileSync(rulesFile, 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

interface State {
  /** Runs in the server's process before it. */
  readonly script?: string;
  /** With the file of that server, before the next one starts. */
  prepare?(file: string): void;
  /** Before and between the two readings. */
  use?(server: DrillServer, round: number): Promise<unknown>;
  /** Nobody answers. */
  readonly isDown?: true;
}

const consume = { accountId: 'acme', items: [{ tool: 'web_search', calls: 1 }] };
const uses = (server: DrillServer) =>
  Promise.all(Array.from({ length: 5 }, () => server.send('POST', '/v1/consume', consume)));
/** Calls to the disk that go wrong in the server's process, threads included, from the second reading's uses on. */
const disk = (body: string) => `
  import fs from 'node:fs'; import { syncBuiltinESMExports } from 'node:module';
  const after = (ms) => performance.now() > ms;
  const { fdatasyncSync, fdatasync } = fs;
  ${body}
  syncBuiltinESMExports();`;
const failed = "Object.assign(new Error('EIO'), { code: 'EIO', syscall: 'fdatasync' })";

const failing: State = {
  script: disk(`fs.fdatasync = (fd, done) => (after(3000) ? done(${failed}) : fdatasync(fd, done));
      fs.fdatasyncSync = (fd) => { if (after(3000)) throw ${failed}; fdatasyncSync(fd); };`),
  use: uses,
};

/** The state of each rule. */
const states: Readonly<Record<string, State>> = {
  UsageKitDown: { isDown: true },
  UsageKitErrors: failing,
  UsageKitCommitsFail: failing,
  UsageKitSlow: {
    script: disk(`fs.fdatasync = (fd, done) => setTimeout(() => fdatasync(fd, done), 600);
      fs.fdatasyncSync = (fd) => { Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600); fdatasyncSync(fd); };`),
    use: uses,
  },
  UsageKitSetAside: {
    prepare(file) {
      const database = new DatabaseSync(file);
      database.exec(`INSERT INTO set_aside (account_id, noun, reason, body, set_aside_at_ms)
        VALUES ('acme', 'entry', 'of a drill', '{}', 0)`);
      database.close();
    },
  },
  UsageKitUnpricedUse: {
    use: (server, round) =>
      server.send('POST', '/v1/events', {
        events: [{ id: `e-${round}`, accountId: 'acme', items: [{ model: `no-such-model-${round}` }] }],
      }),
  },
  UsageKitClockJumped: {
    script: `const now = Date.now; const from = performance.now();
      Date.now = () => now() + (performance.now() - from > 2500 ? 7_200_000 : 0);`,
    use: uses,
  },
  UsageKitGuessing: {
    use: (server) =>
      Promise.all(
        Array.from({ length: 40 }, (_, index) =>
          server.send('GET', '/v1/accounts/acme', undefined, `sk_test_wrong-${index}`),
        ),
      ),
  },
  UsageKitEventLoopBlocked: {
    script: `setInterval(() => { const end = performance.now() + 700; while (performance.now() < end); }, 1).unref();`,
  },
};

/** Rules whose state a drill cannot bring about in some seconds: the figure of it is planted in what a server tells. */
const planted: Readonly<Record<string, { metric: string; value: number; perMinute: number }>> = {
  UsageKitFoldsFail: { metric: 'usagekit_store_fold_failures_total', value: 0, perMinute: 5 },
  UsageKitJournalFull: { metric: 'usagekit_store_journal_full_waits_total', value: 0, perMinute: 5 },
  UsageKitDueLate: { metric: 'usagekit_due_lag_seconds', value: 300, perMinute: 0 },
};

/** Values of series by name and labels. */
type Scrape = ReadonlyMap<string, number>;

async function scrape({ metricsPort }: DrillServer): Promise<Scrape> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
  );
}

/** Two readings of a server in a state, and the seconds between them. */
async function readings(name: string, state: State): Promise<[Scrape, Scrape, number]> {
  const file = join(folder, `${name}.sqlite`);
  const first = await startDrillServer(['--database', file]);
  await first.send('PUT', '/v1/accounts/acme', {});
  await first.stop();
  state.prepare?.(file);
  const server = await startDrillServer(['--database', file], state.script);
  try {
    await state.use?.(server, 0);
    const before = await scrape(server);
    const startedAtMs = performance.now();
    for (let round = 1; performance.now() - startedAtMs < betweenScrapesMs; round += 1) {
      await state.use?.(server, round);
      await pause(200);
    }
    return [before, await scrape(server), (performance.now() - startedAtMs) / 1_000];
  } finally {
    await server.stop('SIGKILL');
  }
}

/** The series as they would go on. */
function seriesOf(name: string, state: State, [before, after, seconds]: [Scrape, Scrape, number]) {
  const of = (metric: string, value: number, perMinute: number) => {
    const [bare = '', labels = ''] = metric.replace(/}$/, '').split('{');
    const all = [labels, 'job="usagekit"', 'instance="a:9"'].filter((label) => label !== '').join(',');
    return { series: `${bare}{${all}}`, values: `${value}+${perMinute}x${minutes}` };
  };
  const series = [of('up', state.isDown ? 0 : 1, 0)];
  if (state.isDown) return series;
  for (const [metric, value] of after) {
    if (!Number.isFinite(value)) continue;
    const isCounter = /_(total|count|sum|bucket)(\{|$)/.test(metric);
    const rise = isCounter ? ((value - (before.get(metric) ?? 0)) / seconds) * 60 : 0;
    const plant = planted[name];
    if (plant !== undefined && plant.metric === metric.split('{')[0])
      series.push(of(metric, plant.value, plant.perMinute));
    else series.push(of(metric, value, Math.max(0, rise)));
  }
  return series;
}

/** Whether promtool finds the rule as it is expected to be at the end. */
function fires(rule: Rule, series: readonly object[]): boolean {
  const by = /by \(([^)]*)\)/.exec(rule.expr)?.[1]?.split(', ') ?? ['job', 'instance'];
  const labels: Record<string, string> = { ...rule.labels };
  if (by.includes('job')) labels.job = 'usagekit';
  if (by.includes('instance')) labels.instance = 'a:9';
  const annotations = Object.fromEntries(
    Object.entries(rule.annotations).map(([key, text]) => [
      key,
      text.replaceAll('{{ $labels.instance }}', 'a:9'),
    ]),
  );
  const file = join(folder, 'test.yml');
  writeFileSync(
    file,
    JSON.stringify({
      rule_files: [rulesFile],
      evaluation_interval: '1m',
      tests: [
        {
          interval: '1m',
          input_series: series,
          alert_rule_test: [
            {
              eval_time: `${minutes - 2}m`,
              alertname: rule.alert,
              exp_alerts: [{ exp_labels: labels, exp_annotations: annotations }],
            },
          ],
        },
      ],
    }),
  );
  const { status, stderr, error } = spawnSync('promtool', ['test', 'rules', file], { encoding: 'utf8' });
  if (error !== undefined) throw error;
  if (status !== 0 && !/got:/.test(stderr)) throw new Error(stderr);
  return status === 0;
}

let isWell = true;
try {
  const well = seriesOf('', {}, await readings('well', { use: uses }));
  for (const rule of rules.filter(({ alert }) => only === undefined || alert === only)) {
    const state = states[rule.alert] ?? (rule.alert in planted ? { use: uses } : undefined);
    if (state === undefined) throw new Error(`No state is known for ${rule.alert}.`);
    const series = seriesOf(
      rule.alert,
      state,
      state.isDown ? [new Map(), new Map(), 1] : await readings(rule.alert, state),
    );
    const [speaks, isSilent] = [fires(rule, series), !fires(rule, well)];
    isWell &&= speaks && isSilent;
    console.log(
      `${rule.alert}: ${speaks ? 'fires' : 'SILENT'} in its state${rule.alert in planted ? ' (planted)' : ''}, ${isSilent ? 'silent' : 'FIRES'} while all is well`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isWell ? 0 : 1);
