import { readFileSync } from 'node:fs';
import { catalogTemplateNames, catalogTemplates } from '@usagekit/server/catalogs';
import { defineCatalog } from '@usagekit/server/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { catalogJsonSchema } from '../../../server/src/contract/catalog/catalog-json-schema.ts';
import { catalogConfig } from '../../../server/src/contract/catalog/catalog-schemas.ts';
import { smallCatalogConfig } from '../../support/small-catalog.ts';

const published = JSON.parse(
  readFileSync(new URL('../../../server/catalog.schema.json', import.meta.url), 'utf8'),
);

describe('the JSON Schema of a catalog', () => {
  it('is published as the server checks it', () => {
    expect(published).toEqual(JSON.parse(JSON.stringify(catalogJsonSchema())));
  });

  it.each(catalogTemplateNames)('accepts %s, and nothing with a slip in it', (name) => {
    const validate = new Ajv2020({ strict: false }).compile(published);
    const config = catalogTemplates[name];
    expect(validate({ $schema: './catalog.schema.json', ...config }) || validate.errors).toBe(true);
    expect(validate({ ...config, plan: [] })).toBe(false);
    expect(validate({ ...config, plans: [{ ...config.plans[0], kind: 'gratis' }] })).toBe(false);
  });
});

/** Every value within a value, by the way to it. */
function waysIn(value: unknown, way: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [way];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return [
    way,
    ...keys.flatMap((key) => waysIn((value as Record<string | number, unknown>)[key], [...way, key])),
  ];
}

const slips: readonly (readonly [
  name: string,
  slip: (owner: Record<string | number, unknown>, key: string | number) => void,
])[] = [
  ['left out', (owner, key) => delete owner[key]],
  ['null', (owner, key) => (owner[key] = null)],
  ['a number', (owner, key) => (owner[key] = -0.5)],
  ['other words', (owner, key) => (owner[key] = 'Twelve ~ and a half')],
  ['no words', (owner, key) => (owner[key] = '')],
  ['a list', (owner, key) => (owner[key] = [{}])],
  ['an object', (owner, key) => (owner[key] = { other: true })],
  ['with more', (owner, key) => (owner[key] = Object.assign({}, owner[key], { surprise: 1 }))],
];

describe('an editor', { timeout: 60_000 }, () => {
  it('marks in a template whatever slip the server refuses, and nothing else', () => {
    const validate = new Ajv2020({ strict: false, formats: { email: true } }).compile(published);
    const differences: string[] = [];
    const seen = new Set<string>();
    let refused = 0;
    for (const name of catalogTemplateNames)
      for (const way of waysIn(catalogTemplates[name])) {
        // One of a list stands for the others.
        const place = way.map((key) => (typeof key === 'number' ? '*' : key)).join('/');
        if (way.length === 0 || seen.has(place)) continue;
        seen.add(place);
        for (const [slip, make] of slips) {
          const config = structuredClone(catalogTemplates[name]) as unknown as Record<
            string | number,
            unknown
          >;
          const owner = way.slice(0, -1).reduce<unknown>((value, step) => (value as never)[step], config);
          make(owner as Record<string | number, unknown>, way.at(-1) ?? '');
          // As the file is read.
          const written = JSON.parse(JSON.stringify(config));
          const accepts = catalogConfig.safeParse(written).success;
          if (!accepts) refused += 1;
          if (accepts !== validate(written)) differences.push(`${place} is ${slip}: server ${accepts}`);
        }
      }
    expect(differences).toEqual([]);
    expect(refused).toBeGreaterThan(500);
  });
});

describe('defineCatalog', () => {
  it('gives back the configuration, and compiles no limit of a metric that is not there', () => {
    const config = defineCatalog({
      creditLabel: { one: 'credit', other: 'credits' },
      currency: 'USD',
      metrics: [{ id: 'runs', label: 'Runs', unit: { one: 'run', other: 'runs' } }],
      plans: [
        {
          id: 'free',
          name: 'Free',
          rank: 0,
          kind: 'free',
          limits: [
            { metric: 'runs', included: '50', policy: 'hard' },
            // @ts-expect-error There is no such metric.
            { metric: 'walks', included: '50', policy: 'hard' },
          ],
        },
      ],
      // @ts-expect-error There is no such plan.
      defaultPlanId: 'gold',
    });
    expect(config.plans[0]?.limits).toHaveLength(2);
    expect(defineCatalog(smallCatalogConfig)).toBe(smallCatalogConfig);
  });
});
