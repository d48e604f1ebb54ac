import type { CatalogConfig } from '@usagekit/server/contract';
import { formatAmount, listModels, routeModel } from '@usagekit/server/domain';
import { describe, expect, it } from 'vitest';
import { starterCatalog } from '../../../../server/src/node/catalog/starter-catalog.ts';
import { compiled, smallCatalogConfig } from '../../../support/small-catalog.ts';

const june = Date.parse('2026-06-10T00:00:00Z');
const july = Date.parse('2026-07-01T00:00:00Z');
const small = compiled();
const starter = compiled(starterCatalog);

function planOf(catalog: typeof small, id: string) {
  const plan = catalog.plans.get(id);
  if (plan === undefined) throw new Error(`No plan '${id}'`);
  return plan;
}

const routed = (planId: string, complexity: 1 | 2 | 3, tokens = {}) => {
  const route = routeModel(starter, planOf(starter, planId), { complexity, tokens }, july);
  return route.outcome === 'routed' ? [route.model.id, formatAmount(route.cost)] : route.reason;
};

describe('the list of models', () => {
  it('C9, L24: shows what each model costs today and marks the cheapest', () => {
    const list = listModels(small, planOf(small, 'free'), june);
    expect(list.map(({ id, perRequest, cheapest }) => [id, perRequest, cheapest])).toEqual([
      ['swift-1', '1', true],
      ['meter-1', null, false],
      ['deep-1', '110', false],
    ]);
  });

  it('C9: shows the new price from its instant on', () => {
    const costAt = (atMs: number) =>
      listModels(small, null, atMs).find(({ id }) => id === 'deep-1')?.perRequest;
    expect([costAt(july - 1), costAt(july)]).toEqual(['110', '120']);
  });

  it('shows prices by direction for a thousand tokens', () => {
    expect(listModels(small, null, june).find(({ id }) => id === 'meter-1')).toMatchObject({
      inputPer1000: '1',
      outputPer1000: '3',
      cachedPer1000: '0.1',
      unit: 'credits',
    });
  });

  it('L24: a model whose feature the plan lacks is not available, and never the cheapest', () => {
    const config: CatalogConfig = {
      ...smallCatalogConfig,
      models:
        smallCatalogConfig.models?.map((model) =>
          model.id === 'swift-1' ? { ...model, feature: 'frontier_models' } : model,
        ) ?? [],
    };
    const catalog = compiled(config);
    const marks = (planId: string) =>
      listModels(catalog, planOf(catalog, planId), june).map((model) => [model.available, model.cheapest]);
    expect(marks('free')).toEqual([
      [false, false],
      [true, true],
      [true, false],
    ]);
    expect(marks('pro')[0]).toEqual([true, true]);
  });

  it('E2, L26: where names are kept back each tier is listed once, without model or provider', () => {
    const list = listModels(compiled({ ...starterCatalog, modelNames: 'tier_only' }), null, july);
    expect(list.map(({ label }) => label)).toEqual(['Light', 'Fast', 'Standard', 'Advanced Reasoning']);
    const told = JSON.stringify(list);
    for (const model of starterCatalog.models ?? [])
      for (const secret of [model.id, model.label, model.provider]) expect(told).not.toContain(secret);
  });
});

describe('auto mode', () => {
  it('C2, L25: picks the cheapest model that fits, within the tier of the plan, and tells its cost', () => {
    expect(routed('free', 1)).toEqual(['llama-3.1-8b', '0.04']);
    expect(routed('free', 2)).toEqual(['gpt-5-mini', '0.5']);
    expect(routed('pro', 3)).toEqual(['gpt-5', '2.5']);
  });

  it('C2, L25: says that the tier is too low where only stronger models fit', () => {
    expect(routed('free', 3)).toBe('plan_tier');
  });

  it('C2: does not bound what is chosen by hand', () => {
    expect(listModels(starter, planOf(starter, 'free'), july).every(({ available }) => available)).toBe(true);
  });

  it('C2: takes the size of the request into account of the request', () => {
    expect(routed('team', 3, { input: 100_000, output: 20_000 })).toEqual(['gemini-2.5-pro', '10']);
  });

  it('C2: says that no model fits where none does', () => {
    const catalog = compiled({ ...smallCatalogConfig, models: [] });
    expect(routeModel(catalog, planOf(catalog, 'free'), { complexity: 1 }, june)).toEqual({
      outcome: 'refused',
      reason: 'no_model',
    });
  });
});
