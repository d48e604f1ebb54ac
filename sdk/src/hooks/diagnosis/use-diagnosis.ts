'use client';
import type { Diagnosis } from '@usagekit/server/contract';
import { readDiagnosis } from '../../client/diagnosis/read-diagnosis.ts';
import type { SessionStore } from '../../provider/session-store.ts';
import type { Resource } from '../base/resource.ts';
import { useResource } from '../base/use-resource.ts';
import type { AccountOptions } from '../base/use-session-store.ts';

/**
 * Why work is blocked, if it is: tasks, then usage, then billing. The first finding of a blocked account is the cause; the others
 * follow. It is requested again after every change of its inputs, so that a finding disappears as soon as its cause is fixed.
 */
export function useDiagnosis(options: AccountOptions = {}): Resource<Diagnosis> {
  return useResource({ ...options, name: 'diagnosis', load });
}

const load = ({ client, session }: SessionStore) => readDiagnosis(client, session.accountId);
