'use client';
import type { Forecast } from '@usagekit/server/contract';
import { readForecast } from '../../client/forecast/read-forecast.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/**
 * The forecast use at the end of the cycle, and the time when the rest runs out. Stream messages do not carry it: it is requested
 * again after a debit, at a bounded rate while debits go on. Empty before two weeks of use.
 */
export function useForecast(options: AccountOptions = {}): Resource<Forecast> {
  return useResource({ ...options, name: 'forecast', load, isEmpty });
}

const load = ({ client, session }: SessionStore) => readForecast(client, session.accountId);

const isEmpty = ({ figures }: Forecast) => figures.length === 0;
