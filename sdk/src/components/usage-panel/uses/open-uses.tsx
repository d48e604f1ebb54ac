'use client';
import type { Usage } from '@usagekit/server/contract';
import { Suspense, useEffect } from 'react';
import type { AccountOptions } from '../../../hooks/base/use-session-store.ts';
import { useView, type ViewProps } from '../../../hooks/base/use-view.ts';
import { lazyPart } from '../../parts/lazy-part.ts';
import { PanelAddress } from './panel-address.tsx';
import type { PanelFigureId, UsagePanelValue } from './panel-value.ts';

// No figure was opened yet, unless the address says so.
const PanelDrawer = lazyPart(() => import('./panel-drawer.tsx'), 'PanelDrawer');

export interface OpenUsesProps extends AccountOptions, ViewProps<UsagePanelValue> {
  usage: Usage;
  /** The figure whose button was pressed last, a new object each time. */
  asked: PanelFigureId | undefined;
}

/** Keeps which figure's uses are open, in the page's address unless the host keeps it. Renders their `dialog`. Reads nothing. */
export function OpenUses({ usage, asked, accountId, value, onChange, address = 'panel' }: OpenUsesProps) {
  const { view, show, inAddress } = useView({ value, onChange, address }, { figure: null });
  const { figure } = view;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a figure is asked for once, however often the host's function changes
  useEffect(() => {
    if (asked) show({ figure: asked }, true);
  }, [asked]);
  return (
    <>
      {figure && (
        <Suspense fallback={null}>
          <PanelDrawer {...{ usage, accountId }} open={figure} onClose={() => show({ figure: null })} />
        </Suspense>
      )}
      {inAddress && <PanelAddress {...inAddress} />}
    </>
  );
}
