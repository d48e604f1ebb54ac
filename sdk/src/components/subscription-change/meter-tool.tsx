'use client';
import { type ReactNode, useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import {
  type SubscriptionChangeFlow,
  useSubscriptionChange,
} from '../../hooks/subscription/use-subscription-change.ts';
import { Button } from '../parts/controls/button.tsx';
import type { Drawing } from '../parts/icons/icon.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { joined, RootContent, useRootAttributes } from '../parts/widget/as-widget.tsx';

export interface MeterToolProps {
  /** The button's whole name. */
  label: string;
  drawing: Drawing;
  accountId: string | undefined;
  /** The dialog, which sets what the button stands for. */
  children: (flow: SubscriptionChangeFlow, format: Format, close: () => void) => ReactNode;
}

/** A small button next to a meter's name, with the dialog that it opens. Renders a `span` with a button. Reads locale. */
export function MeterTool({ label, drawing, accountId, children }: MeterToolProps) {
  const root = useRootAttributes();
  const flow = useSubscriptionChange({ accountId });
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  return (
    <span {...root} className={joined('uk-meter-tool', root.className)}>
      <RootContent>
        <Button
          kind="quiet"
          className="uk-button-icon uk-button-small"
          aria-label={label}
          onClick={() => setOpen(true)}
        >
          <Icon drawing={drawing} />
        </Button>
        {isOpen && children(flow, format, () => setOpen(false))}
      </RootContent>
    </span>
  );
}
