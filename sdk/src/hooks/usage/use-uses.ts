'use client';
import type { Use, UsesQuery } from '@usagekit/server/contract';
import { readUses } from '../../client/usage/read-uses.ts';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** What one figure of a series is the sum of. */
export type FigureQuery = Omit<UsesQuery, 'cursor' | 'limit'>;

/** The uses behind a figure, oldest first. */
export function useUses(figure: FigureQuery, options: AccountOptions = {}): PagedResource<Use> {
  return usePages({
    ...options,
    name: 'series',
    parameters: { uses: figure },
    loadPage: ({ client, session }, page) => readUses(client, session.accountId, { ...figure, ...page }),
  });
}
