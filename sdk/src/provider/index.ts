export {
  type CallOptions,
  type ClientOptions,
  createClient,
  type UsageKitClient,
} from '../client/create-client.ts';
export type { GetToken, Session } from '../client/token-source.ts';
export { type ClientErrorCode, UsageKitError } from '../client/usagekit-error.ts';
export { type UsageKitContextValue, useUsageKit } from './context.ts';
export { LocaleProvider, type LocaleProviderProps } from './locale-provider.tsx';
export { UsageKitProvider, type UsageKitProviderProps } from './usagekit-provider.tsx';
