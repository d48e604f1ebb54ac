'use client';
import type { Usage } from '@usagekit/server/contract';
import { type ReactNode, useId } from 'react';
import { usesMessages } from '../../../messages/usage/uses.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { LinkButton } from '../../parts/controls/link-button.tsx';
import type { PanelFigure } from '../view/panel-content.tsx';
import { idOf, usesOf } from './figure-uses.ts';
import type { PanelFigureId } from './panel-value.ts';

export interface OpenMeterProps {
  of: PanelFigure;
  usage: Usage;
  /** The figure as it is shown. */
  shown: ReactNode;
  onAsk: (figure: PanelFigureId) => void;
}

/** A figure of the panel that opens the uses behind it, or its text where no uses sum to it. Renders a `button`. Reads messages. */
export function OpenMeter({ of, usage, shown, onAsk }: OpenMeterProps) {
  const messages = useMessages('uses', usesMessages);
  const id = useId();
  const uses = usesOf(of, usage);
  if (uses === null) return shown;
  return (
    <LinkButton
      id={id}
      className="uk-figure-open"
      // Its name ends with what it shows, which somebody who speaks to a browser reads out.
      aria-label={`${messages.open(uses.label)}:`}
      aria-labelledby={`${id} ${id}-shown`}
      onClick={() => onAsk(idOf(of))}
    >
      <span id={`${id}-shown`}>{shown}</span>
    </LinkButton>
  );
}
