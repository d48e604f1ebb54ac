'use client';
import type { Meter } from '@usagekit/server/contract';
import { alertEditorMessages } from '../../messages/limits/alert-editor.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { bellIcon } from '../parts/icons/tool-icons.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { MeterTool } from '../subscription-change/meter-tool.tsx';
import { AlertDialog } from './alert-dialog.tsx';

/** The facts about a metric that the editor needs. */
export type AlertedMeter = Pick<Meter, 'metric' | 'label' | 'unit' | 'used' | 'included'>;

export interface AlertEditorProps {
  /** A meter of `useUsage()`. */
  meter: AlertedMeter;
  /** The session's account by default. */
  accountId?: string | undefined;
}

/**
 * A bell that opens the alert thresholds of a metric and the mail address. Each threshold alerts once per cycle. Show it to
 * managers of the account (`useUsage().data.canManage`). Renders a `span` with a button. Reads the subscription through `usePlan`
 * once it is opened; changes it through `useSubscriptionChange`.
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
