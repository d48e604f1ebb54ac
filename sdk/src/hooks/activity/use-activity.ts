'use client';
import type { Activity } from '@usagekit/server/contract';
import { readActivity } from '../../client/activity/read-activity.ts';
import { type PagedResource, usePages } from '../base/use-pages.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/** Whose log, and how many lines a page has. */
export interface ActivityOptions extends AccountOptions {
  /** Size of a page. */
  limit?: number;
}

/** The activity log, newest first: purchases, adjustments and changes of what costs money. */
export function useActivity({ limit, ...options }: ActivityOptions = {}): PagedResource<Activity> {
  return usePages({
    ...options,
    name: 'activity',
    parameters: { limit },
    loadPage: ({ client, session }, page) =>
      readActivity(client, session.accountId, { ...(limit !== undefined && { limit }), ...page }),
  });
}
