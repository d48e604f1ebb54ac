'use client';
import type { Meter } from '@usagekit/server/contract';
import { lazy, type ReactNode, Suspense } from 'react';

// What sets something is loaded by those who may, once there is something to set.
const LimitEditor = lazy(() =>
  import('../limit-editor/index.ts').then(({ LimitEditor: Loaded }) => ({ default: Loaded })),
);

/** The buttons of one meter; null where nothing can be set. */
export function meterTools(accountId: string | undefined) {
  return (meter: Meter): ReactNode =>
    isLimitable(meter) && (
      <Suspense fallback={null}>
        <LimitEditor meter={meter} accountId={accountId} />
      </Suspense>
    );
}

/** Whether a limit of the account's own says what the plan does not: nothing else stops the metric, and it is no mere measure. */
const isLimitable = ({ kind, refusesAt, level, ownLimit }: Meter) =>
  ownLimit !== null || (kind === 'counter' && refusesAt === null && level !== 'observed');
