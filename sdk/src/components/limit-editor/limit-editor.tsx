'use client';
import type { Meter } from '@usagekit/server/contract';
import { limitEditorMessages } from '../../messages/limits/limit-editor.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { gearIcon } from '../parts/icons/tool-icons.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { MeterTool } from '../subscription-change/meter-tool.tsx';
import { LimitDialog } from './limit-dialog.tsx';

/** The facts about a metric that the editor needs. */
export type LimitedMeter = Pick<Meter, 'metric' | 'label' | 'unit' | 'used' | 'ownLimit'>;

export interface LimitEditorProps {
  /** A meter of `useUsage()`. */
  meter: LimitedMeter;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * A gear that opens the account's own hard limit for a metric. Show it to managers of the account (`useUsage().data.canManage`).
 * Renders a `span` with a button. Changes through `useSubscriptionChange`.
 */
export const LimitEditor = asWidget(function LimitEditor({ meter, accountId }: LimitEditorProps) {
  const messages = useMessages('limitEditor', limitEditorMessages);
  return (
    <MeterTool label={messages.open(meter.label)} drawing={gearIcon} accountId={accountId}>
      {(flow, format, close) => <LimitDialog meter={meter} flow={flow} format={format} onClose={close} />}
    </MeterTool>
  );
});
