import { compileCatalog, decideEvent, decideHold, decideSettle } from '@usagekit/server/domain';
import { expect, it } from 'vitest';
import { retiredBy, type SoldSoFar } from '../../../../server/src/domain/catalog/retired.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';
import { AccountFixture } from '../account-fixture.ts';
import { withSearchPrice } from '../reference-model/twins.ts';

const search = [{ tool: 'search', calls: 2 }];
const withoutTools = { ...smallCatalogConfig, tools: [] };
const after = (...configs: SoldSoFar['config'][]): SoldSoFar =>
  configs.reduce<SoldSoFar | undefined>(
    (last, config) => ({ config, retired: retiredBy(last, config) }),
    undefined,
  ) ?? {
    config: smallCatalogConfig,
    retired: {},
  };

function catalogAfter(...configs: SoldSoFar['config'][]) {
  const { config, retired } = after(...configs);
  const result = compileCatalog(config, configs.length, retired);
  if (result.outcome === 'refused') throw new Error('The catalog has mistakes');
  return result.catalog;
}

it('L404: what is not sold any more can be reported at its last price, over any number of versions, and passes no gate', () => {
  const account = new AccountFixture();
  account.withCatalog(
    catalogAfter(smallCatalogConfig, withSearchPrice(3n), withoutTools, {
      ...withoutTools,
      anchor: 'first_of_month',
    }),
  );
  const { usage } = account.decide((context) =>
    decideEvent(context, { atMs: context.nowMs, items: search, dimensions: {}, backfill: false }),
  );
  expect(usage.charge).toBe(6_000_000n);
  expect(() => account.use(search)).toThrow(expect.objectContaining({ code: 'unknown_tool' }));
});

it('L404: with another unit the prices of what is retired say nothing any more', () => {
  const { retired } = after(smallCatalogConfig, { ...withoutTools, pricedIn: 'money' });
  expect(retired.tools).toBeUndefined();
});

it('L405: a hold is settled by the prices of its catalog and its instant', () => {
  const account = new AccountFixture({}, { now: '2026-06-30T12:00:00.000Z' });
  account.grant('500');
  const items = [...search, { model: 'deep-1' }];
  const pro = {
    ...smallCatalogConfig,
    plans: smallCatalogConfig.plans.map((plan) => ({ ...plan, features: ['frontier_models'] })),
  };
  account.withCatalog(compiled(pro, 1));
  const held = account.decide((context) =>
    decideHold(context, { id: 'h', items, dimensions: {}, expiresAtMs: context.nowMs + 86_400_000 }),
  );
  expect(held.outcome).toBe('held');
  // A day later the model is dearer by its own date, and the tool by another version.
  account.nowMs += 80_000_000;
  account.withCatalog(compiled(withSearchPrice(7n), 2));
  const settled = account.decide((context) => decideSettle(context, { holdId: 'h', items, final: true }));
  expect(settled.priced.charge).toBe(114_000_000n);
});
