import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CatalogConfig, CatalogView, ModelConfig } from '@usagekit/server/contract';
import { compileCatalog, formatAmount, priceItems } from '@usagekit/server/domain';
import { serve } from '@usagekit/server/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../../server/src/node/command-line.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const table = fileURLToPath(new URL('../../data/model-prices.json', import.meta.url));
const rows: Record<string, object> = JSON.parse(readFileSync(table, 'utf8'));
const inDollars: CatalogConfig = { ...smallCatalogConfig, pricedIn: 'money' };

let folder: string;
let file: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'usagekit-prices-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => {
  file = join(folder, 'catalog.json');
  writeFileSync(file, JSON.stringify(inDollars));
});

async function run(line: string[], environment: NodeJS.ProcessEnv = {}) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(line, {
    environment,
    print: (text) => void out.push(text),
    tell: (text) => void err.push(text),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const importTable = (source: string, ...flags: string[]) =>
  run(['prices', 'import', source, '--catalog', file, ...flags]);
const written = (): CatalogConfig => JSON.parse(readFileSync(file, 'utf8'));
const modelOf = (id: string): ModelConfig | undefined => written().models?.find((each) => each.id === id);

function tableWith(change: Record<string, object | undefined>): string {
  const changed = join(folder, 'changed-prices.json');
  writeFileSync(changed, JSON.stringify({ ...rows, ...change }));
  return changed;
}

describe("a table in the form of LiteLLM's", () => {
  const all = ['--provider', 'north,south,east', '--models', '*'] as const;

  it('F25: takes every kind of price that a rate card can say, to the last digit', async () => {
    const { code, out } = await importTable(table, ...all);
    expect([code, out]).toEqual([0, expect.stringContaining('Taken: 9')]);
    const perMillion = (amount: string) => ({ amount, per: 1_000_000 });
    expect(modelOf('north-large')?.prices).toEqual([
      {
        input: perMillion('3'),
        output: perMillion('15'),
        cached: perMillion('0.3'),
        cacheWrite: perMillion('3.75'),
        cacheWriteHour: perMillion('6'),
        reasoning: perMillion('20'),
        contextTiers: [
          {
            above: 200_000,
            input: perMillion('6'),
            output: perMillion('22.5'),
            cached: perMillion('0.6'),
            cacheWrite: perMillion('7.5'),
          },
        ],
        serviceTiers: { batch: '0.5' },
      },
    ]);
    expect(modelOf('north/north-mini@2026-05-01')).toMatchObject({
      provider: 'north',
      tier: 'light',
      prices: [{ input: perMillion('0.0125'), output: perMillion('0.1') }],
    });
    const prices = [
      'north-image',
      'north-scan',
      'south-voice',
      'south-speech',
      'south-audio',
      'south-call',
    ].map((id) => modelOf(id)?.prices[0]);
    expect(prices).toEqual([
      { image: { amount: '0.04' } },
      { page: { amount: '0.0015' } },
      { second: { amount: '0.0001' } },
      { character: perMillion('15') },
      {
        input: perMillion('2.5'),
        output: perMillion('10'),
        audioInput: perMillion('40'),
        audioOutput: perMillion('80'),
      },
      { perRequest: '0.005', input: perMillion('1'), output: perMillion('1') },
    ]);
  });

  it('F25: says what it left, and why', async () => {
    const { err } = await importTable(table, ...all);
    for (const line of [
      'north north-large, service tier priority: no one factor makes its prices of the usual ones',
      'north north/north-mini@2026-05-01, search_context_cost_per_query: it is no price of one thing',
      'south south-both-ways, input_cost_per_character: characters cost one price in a rate card, and this model has one for each direction',
      'south south-odd: a price of it needs more than six digits for 1,000,000',
      'east east-vector: the table has no price of it that a rate card can say',
      'east east-free: the table has no price of it that a rate card can say',
    ])
      expect(err).toContain(line);
    expect(modelOf('south-odd')).toBeUndefined();
    expect(modelOf('sample_spec')).toBeUndefined();
  });

  it('takes only providers and models that are asked for, and writes nothing in a dry run', async () => {
    const before = readFileSync(file, 'utf8');
    const dry = await importTable(table, ...all, '--dry-run');
    expect(dry.out).toContain('This was a dry run; nothing is written.');
    expect(readFileSync(file, 'utf8')).toBe(before);
    const some = await importTable(table, '--provider', 'north', '--models', 'north-*');
    expect(some.out).toContain('Taken: 3');
    expect(some.out).toContain('Not asked for: 7');
  });

  it('F25: told again it changes nothing, and then says what is another price than at the last import', async () => {
    await importTable(table, ...all);
    const first = readFileSync(file, 'utf8');
    const again = await importTable(table, ...all);
    expect(again.out).toContain('The catalog has these prices already; nothing is written.');
    expect(readFileSync(file, 'utf8')).toBe(first);
    const cheaper = {
      ...rows['north-large'],
      input_cost_per_token: 2.5e-6,
      input_cost_per_token_batches: 1.25e-6,
    };
    const next = tableWith({ 'north-large': cheaper, 'south-voice': undefined });
    const { out, err } = await importTable(next, ...all, '--from', '2027-01-01T00:00:00Z');
    expect(out).toContain(
      'Changed since the last import: 1\n  north-large: input tokens 3 per 1,000,000 -> 2.5 per 1,000,000',
    );
    expect(out).toContain('The same as before: 7');
    expect(err).toContain('In the catalog and not in the table, left as they are: 1\n  south-voice');
    const prices = modelOf('north-large')?.prices ?? [];
    expect(prices.map(({ from, input }) => [from, input?.amount])).toEqual([
      [undefined, '3'],
      ['2027-01-01T00:00:00.000Z', '2.5'],
    ]);
  });

  it('C9, L15: an old use keeps its price after an import, and a new one has the new price', async () => {
    await importTable(table, ...all);
    await importTable(
      tableWith({ 'north-image': { litellm_provider: 'north', output_cost_per_image: 0.05 } }),
      ...all,
      '--from',
      '2027-01-01T00:00:00Z',
    );
    const compiled = compileCatalog(written());
    if (compiled.outcome !== 'compiled') throw new Error('The catalog has mistakes');
    const costs = ['2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'].map((instant) =>
      formatAmount(
        priceItems(compiled.catalog, [{ model: 'north-image', images: 1 }], {
          atMs: Date.parse(instant),
          ownKeys: {},
        }).charge,
      ),
    );
    expect(costs).toEqual(['0.04', '0.05']);
  });

  it('leaves what the catalog says by itself: labels, tiers, features, aliases, and service tiers that the table does not know', async () => {
    const own = {
      id: 'south-audio',
      label: 'Our voice',
      provider: 'south',
      tier: 'frontier',
      feature: 'frontier_models',
      aliases: ['voice'],
      prices: [
        {
          input: { amount: '2.5', per: 1_000_000 as const },
          output: { amount: '10', per: 1_000_000 as const },
          serviceTiers: { batch: '0.4' },
        },
      ],
    };
    writeFileSync(file, JSON.stringify({ ...inDollars, models: [own] }));
    const { out } = await importTable(table);
    expect(out).toContain('south-audio: audio input tokens no rate -> 40 per 1,000,000');
    expect(modelOf('south-audio')).toMatchObject({
      label: 'Our voice',
      tier: 'frontier',
      aliases: ['voice'],
      prices: [own.prices[0], { serviceTiers: { batch: '0.4' }, audioOutput: { amount: '80' } }],
    });
    expect(written().models).toHaveLength(1);
  });

  it('makes credits of dollars exactly, and asks how many they are', async () => {
    writeFileSync(file, JSON.stringify(smallCatalogConfig));
    const asked = await importTable(table, ...all);
    expect([asked.code, asked.err]).toEqual([2, expect.stringContaining('--per-dollar')]);
    await importTable(table, ...all, '--per-dollar', '1000');
    expect(modelOf('north/north-mini@2026-05-01')?.prices[0]?.input).toEqual({
      amount: '12.5',
      per: 1_000_000,
    });
    expect(modelOf('north-scan')?.prices[0]?.page).toEqual({ amount: '1.5' });
  });

  it('says what a file is that is no table', async () => {
    const none = join(folder, 'none.json');
    writeFileSync(none, '["a"]');
    const { code, err } = await importTable(none);
    expect([code, err]).toEqual([
      1,
      'none.json is not a table of models by name in the form of model_prices_and_context_window.json.',
    ]);
  });

  it('goes to a server that runs, whose accounts then pay these prices', async () => {
    const key = 'sk_test_for-the-import-of-prices';
    const server = await serve({
      port: 0,
      databaseFile: join(folder, 'usage.sqlite'),
      catalog: inDollars,
      secretKeys: [key],
    });
    try {
      const { code, out } = await run(
        ['prices', 'import', table, '--server', server.url, '--provider', 'north', '--models', 'north*'],
        { USAGEKIT_SECRET_KEY: key },
      );
      expect([code, out]).toEqual([0, expect.stringContaining('Version 2 of the catalog is put.')]);
      const answer = await fetch(`${server.url}/v1/catalog`, { headers: { authorization: `Bearer ${key}` } });
      const { config } = (await answer.json()) as CatalogView;
      expect(config?.models?.map(({ id }) => id)).toContain('north/north-mini@2026-05-01');
    } finally {
      await server.close();
    }
  });
});

describe('the npm package @pydantic/genai-prices', () => {
  it('F25: its models are taken with their dated names, cache prices and tiers, and what no rate card can say is told', async () => {
    const { code, out, err } = await importTable(
      'genai-prices',
      '--provider',
      'openai,anthropic,google,deepseek',
      '--models',
      '*',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/Prices of @pydantic\/genai-prices\nTaken: 1\d\d/);
    expect(err).toContain('web_searches_kcount: it is the price of a tool');
    expect(err).toContain('deepseek deepseek-chat: its price depends on the time of day');
    const compiled = compileCatalog(written());
    if (compiled.outcome !== 'compiled') throw new Error('The catalog has mistakes');
    const { modelsByName } = compiled.catalog;
    expect(
      [
        'gpt-5-mini-2025-08-07',
        'claude-sonnet-4-5-20250929',
        'claude-opus-5-20260807',
        'claude-nonsense-9',
      ].map((name) => modelsByName.find(name)?.id),
    ).toEqual(['gpt-5-mini', 'claude-sonnet-4-5', 'claude-opus-5', undefined]);
    expect(modelOf('gpt-5-mini')?.prices).toEqual([
      {
        input: { amount: '0.25', per: 1_000_000 },
        output: { amount: '2', per: 1_000_000 },
        cached: { amount: '0.025', per: 1_000_000 },
      },
    ]);
    expect(modelOf('claude-sonnet-4-5')?.prices[0]?.contextTiers).toMatchObject([
      { above: 200_000, cacheWriteHour: { amount: '12' } },
    ]);
    expect(modelOf('o3')?.prices.map(({ from, input }) => [from, input?.amount])).toEqual([
      [undefined, '10'],
      ['2025-06-10T00:00:00.000Z', '2'],
    ]);
    const again = await importTable('genai-prices', '--provider', 'openai,anthropic,google', '--models', '*');
    expect(again.out).toContain('nothing is written');
  });
});
