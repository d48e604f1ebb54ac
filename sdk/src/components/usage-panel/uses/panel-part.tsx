'use client';
import type { Usage } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import type { PanelFigure } from '../view/panel-content.tsx';
import { OpenMeter } from './open-meter.tsx';
import { OpenUses, type OpenUsesProps } from './open-uses.tsx';
import type { PanelFigureId } from './panel-value.ts';

export interface PanelPartProps extends OpenUsesProps {
  usage: Usage;
  /** The figure of the button; without one it is what the buttons open. */
  of: PanelFigure | undefined;
  /** The figure as it is shown. */
  shown: ReactNode;
  onAsk: (figure: PanelFigureId) => void;
}

/** A figure's button, or what all of them open: parts of the panel that are loaded together, after its figures. Reads what they read. */
export function PanelPart({ of, shown, onAsk, ...open }: PanelPartProps) {
  return of ? <OpenMeter {...{ of, shown, onAsk }} usage={open.usage} /> : <OpenUses {...open} />;
}
