import { readFileSync } from 'node:fs';
import { catalogTemplateNames, catalogTemplates } from '@usagekit/server/catalogs';
import { defineCatalog } from '@usagekit/server/contract';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { catalogJsonSchema } from '../../../server/src/contract/catalog/catalog-json-schema.ts';
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
