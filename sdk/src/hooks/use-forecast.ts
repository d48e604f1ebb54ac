'use client';
import type { Forecast } from '@usagekit/server/contract';
import { readForecast } from '../client/read-forecast.ts';
import type { SessionStore } from '../provider/session-store.ts';
import type { Resource } from './resource.ts';
import { useResource } from './use-resource.ts';
import type { AccountOptions } from './use-session-store.ts';

/**
 * What the cycle will end with, and when what is left runs out. A message of the stream does not carry it: it is asked for
 * again after a debit, and in its turn while debits go on. Empty where two weeks of use have not passed.
 */
export function useForecast(options: AccountOptions = {}): Resource<Forecast> {
  return useResource({ ...options, name: 'forecast', load, isEmpty });
}

const load = ({ client, session }: SessionStore) => readForecast(client, session.accountId);

const isEmpty = ({ figures }: Forecast) => figures.length === 0;
