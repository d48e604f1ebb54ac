'use client';
import type { Meter } from '@usagekit/server/contract';
import { useState } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { useSubscriptionChange } from '../../hooks/use-subscription-change.ts';
import { limitEditorMessages } from '../../messages/limit-editor.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget, joined, useRootAttributes } from '../parts/as-widget.tsx';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { gearIcon } from '../parts/icons.ts';
import { LimitDialog } from './limit-dialog.tsx';

/** What the editor needs to know of a metric. */
export type LimitedMeter = Pick<Meter, 'metric' | 'label' | 'unit' | 'used' | 'ownLimit'>;

export interface LimitEditorProps {
  /** A meter of `useUsage()`. */
  meter: LimitedMeter;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * A gear that opens the hard limit which the account sets itself for a metric. Show it to those who may manage the account, as
 * `useUsage().data.canManage` says. Renders a `span` with a button. Changes through `useSubscriptionChange`.
 */
export const LimitEditor = asWidget(function LimitEditor({ meter, accountId }: LimitEditorProps) {
  const root = useRootAttributes();
  const messages = useMessages('limitEditor', limitEditorMessages);
  const flow = useSubscriptionChange({ accountId });
  const format = useFormat();
  const [isOpen, setOpen] = useState(false);
  return (
    <span {...root} className={joined('uk-meter-tool', root.className)}>
      <Button
        kind="quiet"
        className="uk-button-icon uk-button-small"
        aria-label={messages.open(meter.label)}
        onClick={() => setOpen(true)}
      >
        <Icon drawing={gearIcon} />
      </Button>
      {isOpen && <LimitDialog meter={meter} flow={flow} format={format} onClose={() => setOpen(false)} />}
    </span>
  );
});
