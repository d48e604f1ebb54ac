import { writeFileSync } from 'node:fs';
import { catalogJsonSchema } from '../../server/src/contract/catalog/catalog-json-schema.ts';

/** Writes the published JSON Schema of a catalog from the schema by which the server checks it. */
writeFileSync(
  new URL('../../server/catalog.schema.json', import.meta.url),
  `${JSON.stringify(catalogJsonSchema(), null, 2)}\n`,
);
