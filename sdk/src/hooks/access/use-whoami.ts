'use client';
import type { Whoami } from '@usagekit/server/contract';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { PausableOptions } from '../tasks/use-tasks.ts';

/** Who the server takes the user for, with role and permissions, so that nothing is offered that it would refuse. */
export function useWhoami(options: PausableOptions = {}): Resource<Whoami> {
  return useResource({ ...options, name: 'whoami', load });
}

const load = ({ client }: SessionStore) => client.whoami();
