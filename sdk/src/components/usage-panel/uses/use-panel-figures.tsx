'use client';
import type { Meter, Usage } from '@usagekit/server/contract';
import { type ReactNode, Suspense, useState } from 'react';
import type { AccountOptions } from '../../../hooks/base/use-session-store.ts';
import type { ViewProps } from '../../../hooks/base/use-view.ts';
import { lazyPart } from '../../parts/lazy-part.ts';
import type { PanelFigure } from '../view/panel-content.tsx';
import type { PanelPartProps } from './panel-part.tsx';
import type { PanelFigureId, UsagePanelValue } from './panel-value.ts';

// Figures are text until the code of their buttons is there; what keeps the open one comes with it.
const PanelPart = lazyPart(() => import('./panel-part.tsx'), 'PanelPart');

/**
 * Makes figures of the panel buttons that open the uses behind them, keeps in the page's address which one is open, and gives meters the
 * buttons of their settings.
 */
export function usePanelFigures(props: AccountOptions & ViewProps<UsagePanelValue>) {
  const [asked, onAsk] = useState<PanelFigureId>();
  const part = (what: Pick<PanelPartProps, 'toSet' | 'usage' | 'of' | 'shown'>): ReactNode => (
    <Suspense fallback={what.shown}>
      <PanelPart {...{ ...props, ...what, asked, onAsk }} />
    </Suspense>
  );
  return {
    uses: (of: PanelFigure, usage: Usage, shown: ReactNode) => part({ of, usage, shown }),
    drawer: (usage: Usage) => part({ usage }),
    tools: (toSet: Meter) => part({ toSet }),
  };
}
