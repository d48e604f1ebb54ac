'use client';
import type { SubscriptionChange } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import type { Messages } from '../../messages/messages.ts';
import { subscriptionChangeMessages } from '../../messages/subscription/subscription-change.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Dialog } from '../parts/controls/dialog.tsx';
import { LazyMissingMethod } from '../payment-method/lazy-missing-method.ts';
import { ChangeContent } from '../subscription-change/change-content.tsx';
import { writeConfirm } from '../subscription-change/write-confirm.ts';

/** Props of the dialog that shows what a change of plan costs before it is made. */
export interface PlanChangeDialogProps {
  /** The change that it makes, with its state. */
  flow: SubscriptionChangeFlow;
  /** Name of the plan that is changed to, or that goes on. */
  planName: string;
  /** The name of a metric; its id by default. */
  labelOf?: ((metric: string) => string) | undefined;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** The texts of the widget. */
  messages: Messages['planComparison'];
}

/**
 * The effects of a plan change with exact amounts and dates, before the button that makes it; then the result. Renders a modal
 * `dialog`. Reads messages.
 */
export function PlanChangeDialog(props: PlanChangeDialogProps) {
  const { flow, planName, messages } = props;
  const { command } = flow;
  if (!command) return null;
  const title =
    command.kind === 'change_plan'
      ? messages.changeTitle(planName)
      : command.kind === 'cancel'
        ? messages.cancelTitle
        : messages.resumeTitle;
  return (
    <Dialog title={title} onClose={flow.close}>
      <PlanChangeContent {...props} />
    </Dialog>
  );
}

/** The dialog's content: the preview, or the result of the change. Renders a `div`. Reads messages. */
export function PlanChangeContent(props: PlanChangeDialogProps) {
  const { flow, planName, labelOf, format, messages } = props;
  const shared = useMessages('subscriptionChange', subscriptionChangeMessages);
  const kind = flow.command?.kind;
  const dateOf = ({ effectiveAt, asOf }: SubscriptionChange) => format.date(effectiveAt, asOf);
  return (
    <ChangeContent
      missingMethod={LazyMissingMethod}
      flow={flow}
      labelOf={labelOf}
      format={format}
      buttonOf={(change) => {
        if (kind === 'resume') return messages.confirmResume;
        if (kind === 'cancel') {
          return change.takesEffect === 'now'
            ? messages.confirmCancelNow
            : messages.confirmCancel(dateOf(change));
        }
        return writeConfirm(messages.confirmChange(planName), change, format, shared);
      }}
      outcomeOf={(change) => {
        if (kind === 'resume') return messages.resumed;
        if (kind === 'cancel') return messages.cancelled(dateOf(change));
        return change.takesEffect === 'now'
          ? messages.changed(planName)
          : messages.changesOn(planName, dateOf(change));
      }}
    />
  );
}
