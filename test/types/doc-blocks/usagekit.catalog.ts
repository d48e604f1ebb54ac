export { starterCatalog as default } from '../../../server/src/node/catalog/starter-catalog.ts';
