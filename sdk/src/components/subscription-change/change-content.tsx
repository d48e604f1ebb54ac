'use client';
import type { SubscriptionChange } from '@usagekit/server/contract';
import { type ComponentType, type ReactNode, Suspense, useRef } from 'react';
import type { Format } from '../../format/create-format.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { subscriptionChangeMessages } from '../../messages/subscription/subscription-change.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { useKeptFocus } from '../parts/controls/use-kept-focus.ts';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { checkIcon } from '../parts/icons/state-icons.ts';
import { Notice, type NoticeProps } from '../parts/widget/notice.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { MissingMethodProps } from '../payment-method/missing-method.tsx';
import { ChangePreview } from './change-preview.tsx';

export interface ChangeContentProps {
  flow: SubscriptionChangeFlow;
  /** The label of the button that makes the change. */
  buttonOf: (change: SubscriptionChange) => string;
  /** The result, after the change. */
  outcomeOf: (change: SubscriptionChange) => string;
  /** The name of a metric; its id by default. */
  labelOf?: ((metric: string) => string) | undefined;
  /** Whether the flow speaks of what the fields say now; true by default. */
  isCurrent?: boolean | undefined;
  /** The fields, above the effects. Without fields a refusal ends the change. */
  fields?: ReactNode;
  /** Leads to a payment method where the change needs one; given by dialogs of changes that can cost something. */
  missingMethod?: ComponentType<MissingMethodProps> | undefined;
  format: Format;
}

/**
 * The effects of a change with exact amounts and dates, before the button that makes it; then the result. Renders a `div`. Reads
 * messages.
 */
export function ChangeContent(props: ChangeContentProps) {
  return (
    <div className="uk-purchase">
      <Body {...props} />
    </div>
  );
}

function Body(props: ChangeContentProps) {
  const { flow, fields, outcomeOf } = props;
  const messages = useMessages('subscriptionChange', subscriptionChangeMessages);
  const { status, change, error, payment } = flow;
  const confirmPayment = payment?.actionUrl
    ? { label: messages.confirmPayment, href: payment.actionUrl, isWithdrawable: true }
    : undefined;
  switch (status) {
    case 'unknown':
      return (
        <Ending
          {...props}
          tone="warning"
          title={messages.unknown}
          detail={messages.unknownDetail}
          action={{ label: messages.check, onClick: () => void flow.confirm() }}
        />
      );
    case 'pending':
      return (
        <Ending
          {...props}
          tone="warning"
          title={messages.pending}
          detail={messages.pendingDetail}
          action={confirmPayment ?? { label: messages.check, onClick: () => void flow.confirm() }}
        />
      );
    case 'changed':
      return <Ending {...props} tone="good" title={change ? outcomeOf(change) : messages.changed} />;
    case 'failed':
      if (fields) break;
      return (
        <Ending
          {...props}
          tone="bad"
          title={messages.previewFailed}
          detail={messages.previewFailedDetail}
          action={{ label: messages.check, onClick: () => void flow.retry() }}
        />
      );
    case 'refused':
      if (error?.code === 'change_pending')
        return (
          <Ending
            {...props}
            tone="warning"
            title={messages.pending}
            detail={messages.otherPending}
            action={confirmPayment ?? { label: messages.check, onClick: () => void flow.retry() }}
          />
        );
      if (fields || missesMethod(props)) break;
      return (
        <Ending
          {...props}
          tone="bad"
          title={messages.refused}
          detail={messages.refusedDetail(error?.problem?.detail)}
        />
      );
    case 'idle':
      if (!fields) return null;
  }
  return <Form {...props} />;
}

/** Whether only a payment method is missing for the change, as its preview or its refusal says, and the dialog can lead to one. */
const missesMethod = ({ flow, missingMethod }: ChangeContentProps) =>
  missingMethod !== undefined &&
  (flow.error?.code === 'payment_method_required' || flow.change?.needsPaymentMethod === true);

function Form(props: ChangeContentProps) {
  const { flow, fields, buttonOf, labelOf, isCurrent = true, missingMethod: MissingMethod, format } = props;
  const messages = useMessages('subscriptionChange', subscriptionChangeMessages);
  const { status, error } = flow;
  const change = isCurrent ? flow.change : undefined;
  const isChanging = status === 'changing';
  const canConfirm = isCurrent && status === 'ready' && change !== undefined;
  // The previous preview stays visible while the next one loads, so that nothing jumps.
  const last = useRef(change);
  if (change) last.current = change;
  const shown = change ?? (fields ? last.current : undefined);
  const isWaiting = !isCurrent || status === 'previewing';
  const needsMethod = isCurrent && missesMethod(props);
  // Its new preview is shown as well.
  const isDearer = error?.code === 'total_changed';
  const trouble = isCurrent && !needsMethod && (isDearer || status === 'refused' || status === 'failed');
  return (
    <>
      {fields}
      {trouble && (
        <Notice tone="bad" role="alert">
          <Icon drawing={overIcon} />
          <div className="uk-notice-body">
            <p className="uk-strong">{status === 'failed' ? messages.previewFailed : messages.refused}</p>
            <p className="uk-text">
              {status === 'failed' ? (
                <LinkButton onClick={() => void flow.retry()}>{messages.check}</LinkButton>
              ) : isDearer ? (
                messages.totalChanged
              ) : (
                messages.refusedDetail(error?.problem?.detail)
              )}
            </p>
          </div>
        </Notice>
      )}
      {trouble && !isDearer ? null : shown ? (
        <div
          className="uk-change-preview"
          data-waiting={isWaiting || undefined}
          aria-live="polite"
          aria-busy={isWaiting}
        >
          <ChangePreview
            change={shown}
            labelOf={labelOf}
            format={format.inZone(shown.timeZone ?? format.timeZone)}
            messages={messages}
          />
        </div>
      ) : (
        isWaiting &&
        status !== 'idle' && (
          <div className="uk-run" aria-busy="true">
            <Skeleton height={16} widthPercent={60} />
            <Skeleton height={14} before={16} />
            <Skeleton height={14} before={8} />
          </div>
        )
      )}
      {MissingMethod && needsMethod && (
        <Suspense>
          <MissingMethod accountId={flow.accountId} command={flow.command} />
        </Suspense>
      )}
      {(fields || change || needsMethod) && (
        <div className="uk-dialog-foot">
          <Button onClick={flow.close}>{messages.back}</Button>
          {!needsMethod && (
            <Button
              kind="primary"
              aria-disabled={!canConfirm || undefined}
              aria-busy={isChanging || undefined}
              onClick={() => {
                if (canConfirm) void flow.confirm();
              }}
            >
              {isChanging ? messages.changing : shown ? buttonOf(shown) : messages.confirm}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

interface EndingProps extends ChangeContentProps {
  tone: NonNullable<NoticeProps['tone']>;
  title: string;
  detail?: string | undefined;
  action?: { label: string; onClick?: () => void; href?: string; isWithdrawable?: boolean };
}

function Ending({ flow, tone, title, detail, action }: EndingProps) {
  const messages = useMessages('subscriptionChange', subscriptionChangeMessages);
  const foot = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone; what goes on from here takes the focus from it.
  useKeptFocus(foot);
  return (
    <>
      <Notice tone={tone} role="status">
        <Icon drawing={tone === 'good' ? checkIcon : tone === 'bad' ? overIcon : warningIcon} />
        <div className="uk-notice-body">
          <p className="uk-strong">{title}</p>
          {detail && <p className="uk-text">{detail}</p>}
        </div>
      </Notice>
      <div ref={foot} className="uk-dialog-foot">
        <Button onClick={flow.close}>{tone === 'good' ? messages.done : messages.back}</Button>
        {action?.isWithdrawable && <Button onClick={() => void flow.withdraw()}>{messages.withdraw}</Button>}
        {action && (
          <Button kind="primary" href={action.href} onClick={action.onClick}>
            {action.label}
          </Button>
        )}
      </div>
    </>
  );
}
