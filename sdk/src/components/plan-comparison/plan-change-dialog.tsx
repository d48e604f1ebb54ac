'use client';
import type { BillableLine, SubscriptionChange } from '@usagekit/server/contract';
import { signOf } from '../../derive/decimal.ts';
import type { Format } from '../../format/create-format.ts';
import { formatPeriod } from '../../format/format-period.ts';
import { writePrice } from '../../format/write-price.ts';
import type { PlanChangeFlow } from '../../hooks/use-plan-change.ts';
import type { Messages } from '../../messages/messages.ts';
import { Button } from '../parts/button.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { checkIcon, overIcon, warningIcon } from '../parts/icons.ts';
import { Notice, type NoticeProps } from '../parts/notice.tsx';
import { Skeleton } from '../parts/skeleton.tsx';

export interface PlanChangeDialogProps {
  flow: PlanChangeFlow;
  /** Name of the plan that is changed to, or that goes on. */
  planName: string;
  format: Format;
  messages: Messages['planComparison'];
}

/**
 * What a change of plan will do, in exact amounts and dates, before the button that makes it; then what came of it.
 * Renders a modal `dialog`. Reads nothing.
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

/** What stands in the dialog: the preview, or how the change ended. Renders a `div`. Reads nothing. */
export function PlanChangeContent(props: PlanChangeDialogProps) {
  return (
    <div className="uk-purchase">
      <ChangeBody {...props} />
    </div>
  );
}

function ChangeBody(props: PlanChangeDialogProps) {
  const { flow, messages } = props;
  const { status, change, error } = flow;
  switch (status) {
    case 'idle':
      return null;
    case 'previewing':
      return (
        <div className="uk-run" aria-busy="true">
          <Skeleton height={16} widthPercent={60} />
          <Skeleton height={14} before={16} />
          <Skeleton height={14} before={8} />
          <Skeleton height={32} before={24} />
        </div>
      );
    case 'failed':
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
      return (
        <Ending
          {...props}
          tone="bad"
          title={messages.refused}
          detail={reasonOf(error) ?? messages.refusedDetail}
        />
      );
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
          action={
            flow.payment?.actionUrl
              ? { label: messages.confirmPayment, href: flow.payment.actionUrl }
              : { label: messages.check, onClick: () => void flow.confirm() }
          }
        />
      );
    case 'changed':
      return <Ending {...props} tone="good" title={outcomeOf(props)} />;
    case 'ready':
    case 'changing':
      return change ? <Preview {...props} change={change} /> : null;
  }
}

/** Why the server refused, in its own words, which are made for people. */
function reasonOf(error: PlanChangeFlow['error']): string | undefined {
  const detail = error?.problem?.detail;
  return detail && /[.!?]$/.test(detail) ? detail : detail && `${detail}.`;
}

function outcomeOf({ flow, planName, format, messages }: PlanChangeDialogProps): string {
  const { command, change } = flow;
  if (!command || !change) return messages.resumed;
  const date = format.date(change.effectiveAt, change.asOf);
  if (command.kind === 'resume') return messages.resumed;
  if (command.kind === 'cancel') return messages.cancelled(date);
  return change.takesEffect === 'now' ? messages.changed(planName) : messages.changesOn(planName, date);
}

interface EndingProps extends PlanChangeDialogProps {
  tone: NonNullable<NoticeProps['tone']>;
  title: string;
  detail?: string | undefined;
  action?: { label: string; onClick?: () => void; href?: string };
}

function Ending({ flow, tone, title, detail, action, messages }: EndingProps) {
  return (
    <>
      <Notice tone={tone} role="status">
        <Icon drawing={tone === 'good' ? checkIcon : tone === 'bad' ? overIcon : warningIcon} />
        <div className="uk-notice-body">
          <p className="uk-strong">{title}</p>
          {detail && <p className="uk-text">{detail}</p>}
        </div>
      </Notice>
      <div className="uk-dialog-foot">
        <Button onClick={flow.close}>{tone === 'good' ? messages.done : messages.back}</Button>
        {action && (
          <Button kind="primary" href={action.href} onClick={action.onClick}>
            {action.label}
          </Button>
        )}
      </div>
    </>
  );
}

interface PreviewProps extends PlanChangeDialogProps {
  change: SubscriptionChange;
}

function Preview(props: PreviewProps) {
  const { flow, change, format, messages } = props;
  const { takesEffect, effectiveAt, next, clears, credits, asOf } = change;
  const isChanging = flow.status === 'changing';
  return (
    <>
      <p className="uk-text uk-strong">
        {takesEffect === 'now' ? messages.now : messages.later(format.date(effectiveAt, asOf))}
      </p>
      <DueNow {...props} />
      <div className="uk-purchase-what">
        {clears.map((each) => (
          <p key={each} className="uk-text">
            {messages.clears[each]}
          </p>
        ))}
        {signOf(credits) > 0 && (
          <p className="uk-text">{messages.addsCredits(format.amount(credits, 'credits').exact)}</p>
        )}
        <p className="uk-text">
          {next
            ? messages.next(exactMoney(next.amount, format), format.date(next.at, asOf))
            : messages.nextNothing}
        </p>
      </div>
      <div className="uk-dialog-foot">
        <Button onClick={flow.close}>{messages.back}</Button>
        <Button
          kind="primary"
          aria-disabled={isChanging || undefined}
          aria-busy={isChanging || undefined}
          onClick={() => {
            if (!isChanging) void flow.confirm();
          }}
        >
          {isChanging ? messages.changing : buttonOf(props)}
        </Button>
      </div>
    </>
  );
}

function buttonOf({ flow, change, planName, format, messages }: PreviewProps): string {
  const { command } = flow;
  const date = format.date(change.effectiveAt, change.asOf);
  if (command?.kind === 'resume') return messages.confirmResume;
  if (command?.kind === 'cancel') {
    return change.takesEffect === 'now' ? messages.confirmCancelNow : messages.confirmCancel(date);
  }
  return signOf(change.dueNow.amount) > 0
    ? messages.confirmUpgrade(planName, writePrice(change.dueNow, format))
    : messages.confirmChange(planName);
}

/** The lines that are due at once and their sum, so that it can be followed. */
function DueNow({ change, format, messages }: PreviewProps) {
  const lines = change.lines.filter(({ due }) => due === 'now');
  const sign = signOf(change.dueNow.amount);
  if (lines.length === 0 && sign === 0) return <p className="uk-text">{messages.dueNothing}</p>;
  return (
    <dl className="uk-sum">
      {lines.map((line) => (
        <div
          key={`${line.kind} ${line.label} ${line.amount.amount} ${line.coversFrom}`}
          className="uk-sum-line"
        >
          <dt className="uk-muted">{nameOf(line, format, messages)}</dt>
          <dd className="uk-figures">{exactMoney(line.amount, format)}</dd>
        </div>
      ))}
      <div className="uk-sum-line uk-sum-total">
        <dt className="uk-strong">{sign < 0 ? messages.givenBack : messages.dueNow}</dt>
        <dd className="uk-strong uk-figures">
          {exactMoney({ ...change.dueNow, amount: change.dueNow.amount.replace(/^-/, '') }, format)}
        </dd>
      </div>
    </dl>
  );
}

function nameOf(line: BillableLine, format: Format, messages: Messages['planComparison']): string {
  const words = signOf(line.amount.amount) < 0 ? messages.creditBack : messages.covers;
  return words(line.label, formatPeriod(line.coversFrom, line.coversTo, format));
}

/** Every digit of an amount. */
const exactMoney = ({ amount, currency }: SubscriptionChange['dueNow'], format: Format) =>
  format.amount(amount, currency).exact.replace('-', '−');
