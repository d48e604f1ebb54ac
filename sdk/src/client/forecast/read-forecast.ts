import type { Forecast } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

// Separate from the client, so that pages without a forecast do not load it.

/** Forecasts the figures that the caller may see to the end of the cycle. */
export function readForecast(client: UsageKitClient, accountId: string): Promise<Forecast> {
  return client.request({ path: paths.forecast(accountId) });
}
