export { CatalogError } from '../app/create-app.ts';
export { StoreOpenError } from '../store/store-open-error.ts';
export { starterCatalog } from './catalog/starter-catalog.ts';
export { type Config, readConfig } from './config/config.ts';
export { ConfigError } from './config/config-error.ts';
export { createLog, type LogLevel } from './create-log.ts';
export type { StoreLocation } from './database/open-store.ts';
export { newId } from './server/new-id.ts';
export { type RunningServer, type ServeOptions, serve } from './server/serve.ts';
