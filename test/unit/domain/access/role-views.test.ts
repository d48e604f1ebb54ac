import type { CatalogConfig } from '@usagekit/server/contract';
import { describe, expect, it } from 'vitest';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';

const withViews = (views: NonNullable<CatalogConfig['views']>) => compiled({ ...smallCatalogConfig, views });

describe('views by role', () => {
  const { views } = compiled();

  it('C12, L14: a visitor sees nothing', () => {
    const { usageOf: _, ...seen } = views.visitor;
    expect(new Set(Object.values(seen))).toEqual(new Set([false, 'none']));
  });

  it('B12, L14: members and viewers see no price, money, invoice or plan', () => {
    for (const role of ['viewer', 'member'] as const)
      expect(views[role]).toMatchObject({
        plan: false,
        price: false,
        money: false,
        invoices: false,
        manage: false,
      });
  });

  it('L14: a viewer sees percentages, a member units and the balance, a manager every member', () => {
    expect(views.viewer).toMatchObject({
      usage: 'percent',
      usageOf: 'own',
      balance: false,
      tasks: 'own',
      traces: false,
    });
    expect(views.member).toMatchObject({
      usage: 'units',
      usageOf: 'own',
      balance: true,
      tasks: 'own',
      traces: true,
    });
    expect(views.manager).toMatchObject({
      usage: 'units',
      usageOf: 'all',
      balance: true,
      tasks: 'all',
      money: false,
    });
  });

  it('L14: who reads billing sees all of it, who manages it may change it', () => {
    for (const viewer of ['admin', 'owner', 'super_admin', 'billing_read', 'billing_manage'] as const)
      expect(views[viewer]).toMatchObject({
        plan: true,
        price: true,
        money: true,
        invoices: true,
        usageOf: 'all',
      });
    const managing = Object.entries(views).filter(([, view]) => view.manage);
    expect(managing.map(([viewer]) => viewer)).toEqual(['admin', 'owner', 'super_admin', 'billing_manage']);
  });

  it('L14: a change keeps the fields that it does not name', () => {
    const { views: changedViews } = withViews({ member: { plan: true } });
    expect(changedViews.member).toEqual({ ...views.member, plan: true });
    expect(changedViews.viewer).toEqual(views.viewer);
  });
});
