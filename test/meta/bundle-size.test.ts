import { describe, expect, it } from 'vitest';
import { measureBundle } from '../support/measure-bundle.ts';

const connection = "export { createClient, UsageKitProvider } from '@usagekit/react';";

const widgets = {
  CreditBalance: "export { CreditBalance } from '@usagekit/react/credit-balance';",
  PlanCard: "export { PlanCard } from '@usagekit/react/plan-card';",
  TaskTable: "export { TaskTable } from '@usagekit/react/task-table';",
  UsagePanel: "export { UsagePanel } from '@usagekit/react/usage-panel/no-charts';",
};

describe('what a host has to load', () => {
  it('F9: is at most 12 kB for one connected widget, with client, provider and stream', async () => {
    const { gzipBytes } = await measureBundle([connection, widgets.CreditBalance].join('\n'));
    expect(gzipBytes).toBeLessThanOrEqual(12_000);
  });

  it('F9: is at most 25 kB for all four widgets without charts', async () => {
    const { gzipBytes } = await measureBundle([connection, ...Object.values(widgets)].join('\n'));
    expect(gzipBytes).toBeLessThanOrEqual(25_000);
  });

  it('F9: is at most 6 kB for hooks alone', async () => {
    const hooks = "export { useCreditBalance, useUsage } from '@usagekit/react';";
    const { gzipBytes } = await measureBundle([connection, hooks].join('\n'));
    expect(gzipBytes).toBeLessThanOrEqual(6_000);
  });

  it('F9: has no charts in it, and loads them only when they are shown', async () => {
    const { modules, lazyModules } = await measureBundle(
      [connection, "export { UsagePanel } from '@usagekit/react/usage-panel';"].join('\n'),
    );
    const isChart = (module: string) => module.includes('/recharts/');
    expect(modules.filter(isChart)).toEqual([]);
    expect(lazyModules.some(isChart)).toBe(true);
  });

  it.each(['zod', 'hono', 'msw', 'recharts', 'swr'])('F9: has nothing of %s in it', async (name) => {
    const { modules } = await measureBundle([connection, ...Object.values(widgets)].join('\n'));
    expect(modules.filter((module) => module.includes(`/node_modules/${name}/`))).toEqual([]);
  });
});
