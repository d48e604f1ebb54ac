'use client';
import type { Format } from '../../format/create-format.ts';
import { usePlan } from '../../hooks/subscription/use-plan.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { alertEditorMessages } from '../../messages/limits/alert-editor.ts';
import { subscriptionChangeMessages } from '../../messages/subscription/subscription-change.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Dialog } from '../parts/controls/dialog.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon } from '../parts/icons/level-icons.ts';
import { Notice } from '../parts/widget/notice.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import { AlertContent } from './alert-content.tsx';
import type { AlertedMeter } from './alert-editor.tsx';

export interface AlertDialogProps {
  meter: AlertedMeter;
  accountId: string | undefined;
  flow: SubscriptionChangeFlow;
  format: Format;
  onClose: () => void;
}

/** The alerts of a metric, loaded when it opens. Renders a modal `dialog`. Reads the subscription through `usePlan`, and messages. */
export function AlertDialog({ meter, accountId, flow, format, onClose }: AlertDialogProps) {
  const messages = useMessages('alertEditor', alertEditorMessages);
  const { data: plan, error, refresh } = usePlan({ accountId });
  const { metric, label, used, unit } = meter;
  return (
    <Dialog
      title={messages.open(label)}
      caption={used !== null && messages.used(format.amount(used, unit).exact)}
      onClose={onClose}
    >
      {plan ? (
        <AlertContent
          meter={meter}
          amounts={plan.alerts.find((alert) => alert.metric === metric)?.amounts ?? []}
          email={plan.alertEmail}
          flow={flow}
          format={format}
          onClose={onClose}
        />
      ) : (
        <AlertsToLoad hasFailed={error !== undefined} onRetry={() => void refresh()} />
      )}
    </Dialog>
  );
}

export interface AlertsToLoadProps {
  hasFailed: boolean;
  onRetry: () => void;
}

/** Stands for the alerts until they are loaded, and says where they could not be. Reads messages. */
export function AlertsToLoad({ hasFailed, onRetry }: AlertsToLoadProps) {
  const messages = useMessages('alertEditor', alertEditorMessages);
  const shared = useMessages('subscriptionChange', subscriptionChangeMessages);
  return hasFailed ? (
    <Notice tone="bad" role="alert">
      <Icon drawing={overIcon} />
      <div className="uk-notice-body">
        <p className="uk-strong">{messages.loadFailed}</p>
        <p className="uk-text">
          <LinkButton onClick={onRetry}>{shared.check}</LinkButton>
        </p>
      </div>
    </Notice>
  ) : (
    <div className="uk-run" aria-busy="true">
      <Skeleton height={36} before={8} />
      <Skeleton height={36} before={16} />
    </div>
  );
}
