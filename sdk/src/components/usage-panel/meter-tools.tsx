'use client';
import type { Meter } from '@usagekit/server/contract';
import { type ReactNode, Suspense } from 'react';
import { lazyPart } from '../parts/lazy-part.ts';

// The editors are loaded only for managers, once there is something to set.
const SettingTools = lazyPart(() => import('./setting-tools.tsx'), 'SettingTools');

/** The buttons of one meter. */
export function meterTools(accountId: string | undefined) {
  return (meter: Meter): ReactNode => (
    <Suspense fallback={null}>
      <SettingTools meter={meter} accountId={accountId} />
    </Suspense>
  );
}
