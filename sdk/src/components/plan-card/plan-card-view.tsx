'use client';
import type { Action, Subscription, SubscriptionStatus } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { daysBetween } from '../../derive/days-between.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/resource.ts';
import type { Messages } from '../../messages/messages.ts';
import { pauseMessages } from '../../messages/pause.ts';
import { planCardMessages } from '../../messages/plan-card.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Meter } from '../meter/meter.tsx';
import { ActionButtons } from '../parts/action-buttons.tsx';
import { asWidget, usePartClass } from '../parts/as-widget.tsx';
import { Card } from '../parts/card.tsx';
import { Icon } from '../parts/icon.tsx';
import {
  checkIcon,
  clockIcon,
  type Drawing,
  dashIcon,
  overIcon,
  pauseIcon,
  warningIcon,
} from '../parts/icons.ts';
import { pauseWords } from '../parts/pause-words.ts';
import { Skeleton } from '../parts/skeleton.tsx';
import { StatusPill, type StatusPillProps } from '../parts/status-pill.tsx';
import type { WidgetProps } from '../parts/widget-root.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { TrialRing } from './trial-ring.tsx';

export interface PlanCardViewProps extends WidgetProps {
  resource: Resource<Subscription>;
  /** Called with the action that was chosen; without it, actions lead to their own address. */
  onAction?: ((action: Action) => void) | undefined;
}

const inclusionsMax = 5;

const pills: Record<SubscriptionStatus, { tone: StatusPillProps['tone']; icon?: Drawing }> = {
  active: { tone: 'good', icon: checkIcon },
  trial: { tone: 'info', icon: clockIcon },
  past_due: { tone: 'bad', icon: overIcon },
  paused: { tone: 'warning', icon: pauseIcon },
  cancelled: { tone: 'neutral', icon: dashIcon },
};

/**
 * The plan: name, status, price, the next change and its time, the allowances with their use, and the actions. Renders a
 * `section`. Reads locale and messages.
 */
export const PlanCardView = asWidget(function PlanCardView({
  resource,
  onAction,
  headingLevel = 2,
}: PlanCardViewProps) {
  const messages = useMessages('planCard', planCardMessages);
  return (
    <ResourceFrame
      name="plan-card"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={<PlanSkeleton />}
      stateOf={({ status }) => status}
    >
      {(plan) => (
        <Plan
          plan={plan}
          stale={resource.status === 'stale'}
          onAction={onAction}
          headingLevel={headingLevel}
          messages={messages}
        />
      )}
    </ResourceFrame>
  );
});

interface PlanProps {
  plan: Subscription;
  stale: boolean;
  onAction: PlanCardViewProps['onAction'];
  headingLevel: number;
  messages: Messages['planCard'];
}

function Plan({ plan, stale, onAction, headingLevel, messages }: PlanProps) {
  const viewer = useFormat(plan.timeZone);
  const format = viewer.inZone(plan.timeZone);
  const { status, planName, planKind, includes, highlights, actions, asOf } = plan;
  const pill = pills[status];
  const side = (
    <>
      {stale && <StaleNote asOf={asOf} format={viewer} />}
      <StatusPill {...pill}>{messages.status[status]}</StatusPill>
    </>
  );
  return (
    <Card
      title={planName}
      headingLevel={headingLevel}
      side={side}
      caption={<PlanPrice plan={plan} format={format} messages={messages} />}
    >
      <PlanNotice plan={plan} format={format} messages={messages} />
      {plan.warnings.map((warning) => (
        <NoticeLine key={warning} tone="warning" icon={warningIcon}>
          {warning}
        </NoticeLine>
      ))}
      {(includes.length > 0 || highlights.length > 0) && (
        <div className="uk-plan-includes">
          {includes.slice(0, inclusionsMax).map((inclusion) => (
            <Meter key={inclusion.label} meter={inclusion} asOf={asOf} timeZone={plan.timeZone} />
          ))}
        </div>
      )}
      {highlights.length > 0 && (
        <ul className="uk-list uk-highlights">
          {highlights.map((highlight) => (
            <li key={highlight} className="uk-highlight">
              <Icon drawing={checkIcon} />
              <span className="uk-run" dir="auto">
                {highlight}
              </span>
            </li>
          ))}
        </ul>
      )}
      <ActionButtons
        actions={actions}
        onAction={onAction}
        urgent={status !== 'active' || planKind === 'free'}
        othersMay={messages.othersMay}
      />
    </Card>
  );
}

interface PlanPartProps {
  plan: Subscription;
  format: Format;
  messages: Messages['planCard'];
}

/** Price and next date in one line. */
function PlanPrice({ plan, format, messages }: PlanPartProps) {
  const { price, interval, planKind, planName, next, asOf } = plan;
  const isFreeByAnotherName = planKind === 'free' && planName !== messages.free;
  const nextText = next && messages.next[next.kind](format.date(next.at, asOf), next.planName ?? '');
  return (
    <>
      {price ? (
        <>
          <bdi className="uk-plan-price">{format.money(price)}</bdi>
          {interval && ` ${messages.perInterval[interval]}`}
        </>
      ) : (
        isFreeByAnotherName && <span className="uk-plan-price">{messages.free}</span>
      )}
      {nextText && (
        <span className="uk-plan-next">
          {(price || isFreeByAnotherName) && ' · '}
          {nextText}
        </span>
      )}
    </>
  );
}

/** The most urgent facts: days of a trial, the amount owed, a pause. */
function PlanNotice({ plan, format, messages }: PlanPartProps) {
  const partClass = usePartClass();
  const pause = useMessages('pause', pauseMessages);
  const { status, paused, trialEndsAt, periodStartsAt, amountDue, timeZone, asOf } = plan;
  if (status === 'trial' && trialEndsAt) {
    const daysLeft = Math.max(0, daysBetween(asOf, trialEndsAt, timeZone));
    const written = format.number(daysLeft);
    const days = messages.trialDays(daysLeft);
    return (
      <div className={partClass('notice', 'uk-plan-notice')}>
        <TrialRing
          daysLeft={daysLeft}
          daysAll={daysBetween(periodStartsAt, trialEndsAt, timeZone)}
          written={written}
          label={`${written} ${days}`}
        />
        <p className="uk-text">
          <span className="uk-strong">{days}</span>
          <br className="uk-run" />
          <span className="uk-muted">{messages.trialDetail}</span>
        </p>
      </div>
    );
  }
  if (status === 'past_due' || paused) {
    return (
      <NoticeLine
        tone={status === 'past_due' ? 'bad' : 'warning'}
        icon={status === 'past_due' ? overIcon : pauseIcon}
      >
        <span className="uk-strong">
          {amountDue ? messages.due(format.money(amountDue)) : messages.status[status]}
        </span>
        <br className="uk-run" />
        <span className="uk-run">{paused ? pauseWords(paused, pause) : messages.dueDetail}</span>
      </NoticeLine>
    );
  }
  return null;
}

interface NoticeLineProps {
  tone: 'bad' | 'warning';
  icon: Drawing;
  children: ReactNode;
}

function NoticeLine({ tone, icon, children }: NoticeLineProps) {
  return (
    <div className={usePartClass()('notice', 'uk-plan-notice')} data-tone={tone}>
      <Icon drawing={icon} />
      <p className="uk-text" dir="auto">
        {children}
      </p>
    </div>
  );
}

function PlanSkeleton() {
  return (
    <>
      <Skeleton height={12} widthPercent={50} before={4} />
      {[1, 2, 3].map((line) => (
        <Skeleton key={line} height={26} before={20} />
      ))}
      <Skeleton height={32} widthPercent={30} before={24} />
    </>
  );
}
