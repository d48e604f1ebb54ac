'use client';
import type { Meter, Usage } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { meterTools } from '../meter-tools.tsx';
import type { PanelFigure } from '../view/panel-content.tsx';
import { OpenMeter } from './open-meter.tsx';
import { OpenUses, type OpenUsesProps } from './open-uses.tsx';
import type { PanelFigureId } from './panel-value.ts';

export interface PanelPartProps extends Omit<OpenUsesProps, 'usage'> {
  /** The meter that something is set of; none where the part has to do with a figure. */
  toSet?: Meter;
  usage?: Usage;
  /** The figure of the button; without one it is what the buttons open. */
  of?: PanelFigure;
  /** The figure as it is shown. */
  shown?: ReactNode;
  onAsk: (figure: PanelFigureId) => void;
}

/**
 * A figure's button, what all of them open, or the buttons of a meter's settings: parts of the panel that are loaded together, after its
 * figures. Reads what they read.
 */
export function PanelPart({ toSet, of, usage, shown, onAsk, ...open }: PanelPartProps) {
  if (toSet) return meterTools(open.accountId)(toSet);
  if (!usage) return null;
  return of ? <OpenMeter {...{ of, usage, shown, onAsk }} /> : <OpenUses {...open} usage={usage} />;
}
