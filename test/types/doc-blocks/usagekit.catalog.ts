export { starterCatalog as default } from '../../../server/src/node/starter-catalog.ts';
