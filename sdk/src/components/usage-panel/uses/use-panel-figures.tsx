'use client';
import type { Usage } from '@usagekit/server/contract';
import { type ReactNode, Suspense, useState } from 'react';
import type { AccountOptions } from '../../../hooks/base/use-session-store.ts';
import type { ViewProps } from '../../../hooks/base/use-view.ts';
import { lazyPart } from '../../parts/lazy-part.ts';
import type { PanelFigure } from '../view/panel-content.tsx';
import type { PanelFigureId, UsagePanelValue } from './panel-value.ts';

// Figures are text until the code of their buttons is there; what keeps the open one comes with it.
const PanelPart = lazyPart(() => import('./panel-part.tsx'), 'PanelPart');

/** Makes figures of the panel buttons that open the uses behind them, and keeps in the page's address which one is open. */
export function usePanelFigures(props: AccountOptions & ViewProps<UsagePanelValue>) {
  const [asked, onAsk] = useState<PanelFigureId>();
  const part = (usage: Usage, of?: PanelFigure, shown?: ReactNode) => (
    <Suspense fallback={shown}>
      <PanelPart {...{ ...props, usage, of, shown, asked, onAsk }} />
    </Suspense>
  );
  return {
    uses: (of: PanelFigure, usage: Usage, shown: ReactNode): ReactNode => part(usage, of, shown),
    drawer: (usage: Usage): ReactNode => part(usage),
  };
}
