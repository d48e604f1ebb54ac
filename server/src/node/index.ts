export { CatalogError } from '../app/create-app.ts';
export { StoreOpenError } from '../store/store-open-error.ts';
export { type Config, readConfig } from './config.ts';
export { ConfigError } from './config-error.ts';
export { createLog, type LogLevel } from './create-log.ts';
export { newId } from './new-id.ts';
export type { StoreLocation } from './open-store.ts';
export { type RunningServer, type ServeOptions, serve } from './serve.ts';
export { starterCatalog } from './starter-catalog.ts';
