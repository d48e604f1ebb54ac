import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Bundler } from '../support/measure-by-bundlers.ts';

const readme = readFileSync(new URL('../../sdk/README.md', import.meta.url), 'utf8');

const widgets = {
  CreditBalance: 'credit-balance',
  PlanCard: 'plan-card',
  TaskTable: 'task-table',
  UsagePanel: 'usage-panel/no-charts',
};

/** As README shows it. */
const connection = "export { createClient, UsageKitProvider } from '@usagekit/react/provider';";
const exported = Object.entries(widgets).map(
  ([widget, from]) => `export { ${widget} } from '@usagekit/react/${from}';`,
);

/** What a host writes to show one of the four widgets, or all of them. */
export const measuredEntries: Record<string, string> = {
  ...Object.fromEntries(
    Object.keys(widgets).map((widget, place) => [widget, `${connection}\n${exported[place]}`]),
  ),
  'all four': [connection, ...exported].join('\n'),
};

/** A page that shows one of the charts, which its widget loads by itself. */
export const chartEntries: Record<string, string> = Object.fromEntries(
  ['daily', 'stacked', 'running', 'monthly'].map((name) => [
    name,
    `export * from './node_modules/@usagekit/react/dist/charts/${name}-chart.js';`,
  ]),
);

/** The most that the README says of a chart. */
export function saidChartBytes(): number {
  const [, kilobytes = ''] = /A chart adds at most ([\d.]+) kB/.exec(readme) ?? [];
  expect(kilobytes, 'what the README says of charts').not.toBe('');
  return Number.parseFloat(kilobytes) * 1_000;
}

/** The same three widgets out of the package's own entry; its `UsagePanel` has charts. */
export const rootEntries: Record<string, string> = Object.fromEntries(
  ['CreditBalance', 'PlanCard', 'TaskTable'].map((widget) => [
    widget,
    `export { createClient, UsageKitProvider, ${widget} } from '@usagekit/react';`,
  ]),
);

/** The most that may be loaded in addition where a widget comes from the package's own entry, as the README says. */
export const rootBytesMax: Record<Bundler, number> = { Vite: 900, webpack: 100, esbuild: 4_500 };

/** The most that the README's table says of an entry. */
export function saidBytes(name: string, bundler: Bundler): number {
  const [head = ''] = /^\| published, .*$/m.exec(readme) ?? [];
  const label = name in widgets ? `\`${name}\`` : name;
  const row = readme.split('\n').find((line) => line.startsWith(`| ${label} |`));
  const cells = (line: string) => line.split('|').map((cell) => cell.trim());
  const cell = cells(row ?? '')[cells(head).indexOf(bundler)];
  expect(cell, `${name} by ${bundler} in the README`).toMatch(/^[\d.]+ kB$/);
  return Math.round(Number.parseFloat(cell ?? '') * 1_000);
}
