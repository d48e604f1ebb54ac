'use client';
import type { Meter } from '@usagekit/server/contract';
import { alertEditorMessages } from '../../messages/alert-editor.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget } from '../parts/as-widget.tsx';
import { bellIcon } from '../parts/tool-icons.ts';
import { MeterTool } from '../subscription-change/meter-tool.tsx';
import { AlertDialog } from './alert-dialog.tsx';

/** What the editor needs to know of a metric. */
export type AlertedMeter = Pick<Meter, 'metric' | 'label' | 'unit' | 'used' | 'included'>;

export interface AlertEditorProps {
  /** A meter of `useUsage()`. */
  meter: AlertedMeter;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * A bell that opens the amounts of a metric at which the account is told, once a cycle each, and the address that gets the mail.
 * Show it to those who may manage the account, as `useUsage().data.canManage` says. Renders a `span` with a button. Reads the
 * subscription through `usePlan` once it is opened; changes it through `useSubscriptionChange`.
 */
export const AlertEditor = asWidget(function AlertEditor({ meter, accountId }: AlertEditorProps) {
  const messages = useMessages('alertEditor', alertEditorMessages);
  return (
    <MeterTool label={messages.open(meter.label)} drawing={bellIcon} accountId={accountId}>
      {(flow, format, close) => (
        <AlertDialog meter={meter} accountId={accountId} flow={flow} format={format} onClose={close} />
      )}
    </MeterTool>
  );
});
