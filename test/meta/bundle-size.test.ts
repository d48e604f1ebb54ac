import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import manifest from '../../sdk/package.json' with { type: 'json' };
import { measureBundle } from '../support/measure-bundle.ts';

// As the README has it.
const connection = "export { createClient, UsageKitProvider } from '@usagekit/react/provider';";

const creditBalance = "export { CreditBalance } from '@usagekit/react/credit-balance';";
const planCard = "export { PlanCard } from '@usagekit/react/plan-card';";
const taskTable = "export { TaskTable } from '@usagekit/react/task-table';";
const usagePanel = "export { UsagePanel } from '@usagekit/react/usage-panel/no-charts';";
const usagePanelWithCharts = "export { UsagePanel } from '@usagekit/react/usage-panel';";
const fourWidgets = [creditBalance, planCard, taskTable, usagePanel];

const measure = (...code: string[]) => measureBundle([connection, ...code].join('\n'));

describe('what a host has to load', () => {
  // The SDK's README names these limits.
  it.each([
    { widget: 'CreditBalance', code: creditBalance, limitBytes: 11_150 },
    { widget: 'PlanCard', code: planCard, limitBytes: 11_300 },
    { widget: 'UsagePanel without charts', code: usagePanel, limitBytes: 12_200 },
    { widget: 'TaskTable', code: taskTable, limitBytes: 11_500 },
  ])(
    'F9: is at most $limitBytes bytes for $widget alone, with client and provider',
    async ({ code, limitBytes }) => {
      const { gzipBytes } = await measure(code);
      expect(gzipBytes).toBeLessThanOrEqual(limitBytes);
    },
  );

  it.each([
    { widget: 'OutOfCredits', from: 'out-of-credits', limitBytes: 8_500 },
    { widget: 'PlanComparison', from: 'plan-comparison', limitBytes: 15_600 },
    { widget: 'BillingPage', from: 'billing-page', limitBytes: 7_250 },
    { widget: 'UsagePage', from: 'usage-page', limitBytes: 29_200 },
    { widget: 'TasksPage', from: 'tasks-page', limitBytes: 14_600 },
    { widget: 'PlanLimits', from: 'plan-limits', limitBytes: 8_600 },
    { widget: 'UsageForecast', from: 'usage-forecast', limitBytes: 9_400 },
    { widget: 'Seats', from: 'seats', limitBytes: 16_200 },
    { widget: 'AddOns', from: 'add-ons', limitBytes: 15_350 },
    { widget: 'DedicatedIps', from: 'dedicated-ips', limitBytes: 15_800 },
    { widget: 'AdditionalUse', from: 'additional-use', limitBytes: 14_700 },
    { widget: 'LimitEditor', from: 'limit-editor', limitBytes: 13_150 },
    { widget: 'AlertEditor', from: 'alert-editor', limitBytes: 14_900 },
    { widget: 'MemberAllocations', from: 'member-allocations', limitBytes: 14_200 },
    { widget: 'Invoices', from: 'invoices', limitBytes: 12_600 },
    { widget: 'WhyBlocked', from: 'why-blocked', limitBytes: 13_000 },
    { widget: 'BillingBanner', from: 'billing-banner', limitBytes: 8_600 },
    { widget: 'PurchaseDialog', from: 'purchase-dialog', limitBytes: 13_900 },
    { widget: 'AutoTopUp', from: 'auto-top-up', limitBytes: 15_200 },
    { widget: 'Gate', from: 'gate', limitBytes: 9_100 },
    { widget: 'ModelPicker', from: 'model-picker', limitBytes: 9_300 },
    { widget: 'ModelCost', from: 'model-picker', limitBytes: 13_000 },
    { widget: 'OwnKeys', from: 'own-keys', limitBytes: 9_300 },
    { widget: 'ActivityLog', from: 'activity-log', limitBytes: 11_200 },
    { widget: 'ConnectBrowser', from: 'connect-browser', limitBytes: 10_200 },
    { widget: 'ConnectedBrowsers', from: 'connected-browsers', limitBytes: 9_300 },
    { widget: 'UsageHistory', from: 'usage-history', limitBytes: 14_600 },
  ])('F9: is at most $limitBytes bytes for $widget alone', async ({ widget, from, limitBytes }) => {
    const { gzipBytes, modules } = await measure(`export { ${widget} } from '@usagekit/react/${from}';`);
    expect(gzipBytes).toBeLessThanOrEqual(limitBytes);
    expect(modules.filter((module) => /node_modules\/(recharts|zod|hono|msw)\//.test(module))).toEqual([]);
  });

  it('F9: is at most 23 kB for all four widgets without charts', async () => {
    const { gzipBytes } = await measure(...fourWidgets);
    expect(gzipBytes).toBeLessThanOrEqual(23_000);
  });

  it('F9: is at most 4.9 kB for the stream and for what is shown while something is wrong, which come after the figures', async () => {
    const { gzipBytes, lazyBytes } = await measure(creditBalance);
    expect(lazyBytes).toBeGreaterThan(500);
    expect(lazyBytes).toBeLessThanOrEqual(4_900);
    expect(gzipBytes + lazyBytes).toBeLessThanOrEqual(15_950);
  });

  it('F9: is at most 6 kB for hooks alone', async () => {
    const { gzipBytes } = await measure("export { useCreditBalance, useUsage } from '@usagekit/react';");
    expect(gzipBytes).toBeLessThanOrEqual(6_000);
  });
});

it('every widget with a subpath of its own is measured', () => {
  const measured = readFileSync(fileURLToPath(import.meta.url), 'utf8');
  const widgets = Object.entries(manifest.exports)
    .filter(([, target]) => typeof target === 'object' && target.source.startsWith('./src/components/'))
    .map(([name]) => name.replace('./', ''))
    // What a widget loads later by itself.
    .filter((name) => !name.endsWith('/parts'));
  expect(widgets.length).toBeGreaterThan(10);
  expect(
    widgets.filter((name) => !measured.includes(`'${name}'`) && !measured.includes(`/${name}'`)),
  ).toEqual([]);
});

it('F27: the mock is at most 269 kB, which tests and pages in development load, without MSW and charts', async () => {
  const { gzipBytes, modules } = await measureBundle(
    "export { createUsageKitMock, renderWithUsageKit } from '@usagekit/react/testing';",
  );
  expect(gzipBytes).toBeLessThanOrEqual(269_000);
  expect(modules.filter((module) => /node_modules\/(recharts|msw)\//.test(module))).toEqual([]);
});

describe('what is loaded', () => {
  const holds = (modules: string[], name: string) =>
    modules.some((module) => module.includes(`/node_modules/${name}/`));

  it('F9: is nothing of Recharts, Zod or the mock for the four widgets without charts, not even later', async () => {
    const { modules, lazyModules } = await measure(...fourWidgets);
    const outside = ['recharts', 'zod', 'hono', 'msw'].filter((name) =>
      holds([...modules, ...lazyModules], name),
    );
    expect(outside).toEqual([]);
  });

  // The README names the limit.
  it.each([
    { chart: 'DailyChart', from: '@usagekit/react/charts' },
    { chart: 'MonthlyChart', from: '@usagekit/react/charts' },
    { chart: 'StackedChart', from: '@usagekit/react/charts' },
    { chart: 'RunningChart', from: '../../sdk/src/charts/running-chart.tsx' },
  ])(
    "F9: is at most 20 kB with Recharts' shapes for $chart, and nothing of its state",
    async ({ chart, from }) => {
      const { gzipBytes, modules } = await measureBundle(`export { ${chart} } from '${from}';`);
      expect(gzipBytes).toBeLessThanOrEqual(20_000);
      expect(['@reduxjs', 'immer', 'reselect', 'd3-scale'].filter((name) => holds(modules, name))).toEqual(
        [],
      );
    },
  );

  it('F9: is Recharts only when the charts are shown', async () => {
    const { modules, lazyModules } = await measure(usagePanelWithCharts);
    expect([holds(modules, 'recharts'), holds(lazyModules, 'recharts')]).toEqual([false, true]);
  });
});
