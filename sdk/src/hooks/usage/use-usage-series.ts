'use client';
import type { SeriesQuery, UsageSeries } from '@usagekit/server/contract';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { PausableOptions } from '../tasks/use-tasks.ts';

/** One metric over time, by day unless the query says otherwise, in all or by agent, project, member and the like. */
export function useUsageSeries(query: SeriesQuery, options: PausableOptions = {}): Resource<UsageSeries> {
  return useResource({
    ...options,
    name: 'series',
    parameters: query,
    load: ({ client, session }) => client.series(session.accountId, query),
    isEmpty,
  });
}

const isEmpty = ({ groups }: UsageSeries) =>
  groups.every(({ values }) => values.every((value) => Number(value) === 0));
