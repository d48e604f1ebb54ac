'use client';
import type { Meter } from '@usagekit/server/contract';
import { lazy, type ReactNode, Suspense } from 'react';

// The editors are loaded only for managers, once there is something to set.
const SettingTools = lazy(() =>
  import('./setting-tools.tsx').then((loaded) => ({ default: loaded.SettingTools })),
);

/** The buttons of one meter. */
export function meterTools(accountId: string | undefined) {
  return (meter: Meter): ReactNode => (
    <Suspense fallback={null}>
      <SettingTools meter={meter} accountId={accountId} />
    </Suspense>
  );
}
