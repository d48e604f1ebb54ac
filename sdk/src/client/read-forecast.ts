import { type Forecast, paths } from '@usagekit/server/contract';
import type { UsageKitClient } from './create-client.ts';

// Apart from the client, so that those who show no forecast do not load it.

/** What the cycle will end with, for the figures that the caller may see. */
export function readForecast(client: UsageKitClient, accountId: string): Promise<Forecast> {
  return client.request({ path: paths.forecast(accountId) });
}
