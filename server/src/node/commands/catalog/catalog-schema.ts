import { catalogJsonSchema } from '../../../contract/catalog/catalog-json-schema.ts';
import type { Command } from '../command.ts';

/** `usagekit catalog schema`: the JSON Schema of a catalog, for an editor. */
export const catalogSchemaCommand: Command = {
  name: 'catalog schema',
  operands: '',
  summary: 'Prints the JSON Schema of a catalog, for an editor',
  flags: {},
  async run({ print }) {
    print(JSON.stringify(catalogJsonSchema(), null, 2));
    return 0;
  },
};
