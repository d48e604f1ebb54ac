'use client';
import type { Usage } from '@usagekit/server/contract';
import { lazy, type ReactNode, Suspense } from 'react';
import type { PanelFigure } from './usage-panel-view.tsx';

// Figures are text until the code of their buttons is there.
const OpenMeter = lazy(() =>
  import('./open-meter.tsx').then(({ OpenMeter: Loaded }) => ({ default: Loaded })),
);

/** Makes a figure of the panel a button that opens the uses behind it. */
export function meterUses(accountId: string | undefined) {
  return (of: PanelFigure, usage: Usage, shown: ReactNode): ReactNode => (
    <Suspense fallback={shown}>
      <OpenMeter {...{ of, usage, shown, accountId }} />
    </Suspense>
  );
}
