import { catalogJsonSchema } from '../../../contract/catalog/catalog-json-schema.ts';
import type { Command } from '../command.ts';

/** `usagekit catalog schema`: the JSON Schema of a catalog, for an editor. */
export const catalogSchemaCommand: Command = {
  name: 'catalog schema',
  operands: '',
  summary: 'Prints the JSON Schema of a catalog, for an editor',
  flags: {},
  json: {
    prints: 'one',
    of: ['$schema', 'title', 'description', 'type', 'properties', 'required', 'additionalProperties'],
  },
  async run({ answer }) {
    const schema = catalogJsonSchema();
    answer(schema, JSON.stringify(schema, null, 2));
    return 0;
  },
};
