import * as z from 'zod';
import { catalogConfig } from './catalog-schemas.ts';

/** The form of a catalog as JSON Schema, by which editors complete and check a file. */
export function catalogJsonSchema(): Record<string, unknown> {
  const { $schema, ...schema } = z.toJSONSchema(catalogConfig, { io: 'input' });
  return {
    $schema,
    title: 'UsageKit catalog',
    description: 'Metrics, plans, prices and rules of a product that is metered by UsageKit.',
    ...schema,
  };
}
