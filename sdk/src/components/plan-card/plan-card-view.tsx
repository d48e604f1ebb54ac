'use client';
import type { Action, Subscription, SubscriptionStatus } from '@usagekit/server/contract';
import { Suspense } from 'react';
import { daysBetween } from '../../derive/days-between.ts';
import { leaveOut } from '../../derive/leave-out.ts';
import { keepFullest } from '../../derive/usage/keep-fullest.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { Messages } from '../../messages/messages.ts';
import { planCardMessages } from '../../messages/subscription/plan-card.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { LevelWord } from '../meter/level-word.tsx';
import { MeterContent } from '../meter/meter-content.tsx';
import { Beyond } from '../parts/bars/beyond.tsx';
import { ActionButtons } from '../parts/controls/action-buttons.tsx';
import type { Drawing } from '../parts/icons/icon.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import { pauseIcon } from '../parts/icons/pause-icon.ts';
import { checkIcon, clockIcon, dashIcon } from '../parts/icons/state-icons.ts';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import { laterTools } from '../parts/widget/later-tools.ts';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton, type SkeletonLine, SkeletonLines } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { paysFirst } from '../parts/words/pays-first.ts';
import { StatusPill, type StatusPillProps } from '../parts/words/status-pill.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';

/** For what is loaded later, which needs these drawings and imports none. */
const noticeTools = { ...laterTools, Icon, overIcon, pauseIcon, warningIcon };
const meterExtras = { Level: LevelWord, Beyond };

// Most plans have no urgent facts.
const PlanNotice = lazyPart(() => import('./plan-notice.tsx'), 'PlanNotice');

export interface PlanCardViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ actions: false }`. */
  parts?: PartsOf<'PlanCard'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Subscription>;
  /** Called with the action that was chosen; without it, actions lead to their own address. */
  onAction?: ((action: Action) => void) | undefined;
}

/** More would make a list of the card. */
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
  parts,
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
      skeleton={planSkeleton}
      stateOf={({ status }) => status}
    >
      {(plan) => (
        <Plan
          plan={leaveOut(plan, parts)}
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
  const side = (
    <>
      {stale && <StaleNote asOf={asOf} format={viewer} />}
      <StatusPill {...pills[status]}>{messages.status[status]}</StatusPill>
    </>
  );
  return (
    <Card
      title={planName}
      headingLevel={headingLevel}
      side={side}
      caption={<PlanPrice plan={plan} format={format} messages={messages} />}
    >
      {(status === 'trial' || status === 'past_due' || plan.paused || plan.warnings.length > 0) && (
        <Suspense fallback={<Skeleton height={48} before={16} />}>
          <PlanNotice
            days={(from, to) => daysBetween(from, to, plan.timeZone)}
            {...{ plan, format, messages }}
            tools={noticeTools}
          />
        </Suspense>
      )}
      {(includes.length > 0 || highlights.length > 0) && (
        <div className="uk-plan-includes">
          {keepFullest(includes, inclusionsMax).map((inclusion) => (
            <MeterContent
              key={inclusion.label}
              extras={meterExtras}
              meter={inclusion}
              asOf={asOf}
              timeZone={plan.timeZone}
            />
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
        paysFirst={paysFirst(plan)}
        labels={plan.scheduled ? { manage_plan: messages.keep(planName) } : undefined}
        othersMay={messages.othersMay}
      />
    </Card>
  );
}

export interface PlanPartProps {
  plan: Subscription;
  format: Format;
  messages: Messages['planCard'];
}

/** Price and next date in one line. */
function PlanPrice({ plan, format, messages }: PlanPartProps) {
  const { price, interval, planKind, planName, next, asOf } = plan;
  const nextText = next && messages.next[next.kind](format.date(next.at, asOf), next.planName ?? '');
  const priceText = price ? (
    <>
      <bdi className="uk-plan-price">{writePrice(price, format)}</bdi>
      {interval && ` ${messages.perInterval[interval]}`}
    </>
  ) : (
    // Free by another name.
    planKind === 'free' &&
    planName !== messages.free && <span className="uk-plan-price">{messages.free}</span>
  );
  return (
    <>
      {priceText}
      {nextText && (
        <span className="uk-plan-next">
          {priceText && '\u00a0· '}
          {unbroken(nextText)}
        </span>
      )}
    </>
  );
}

const planSkeleton = (
  <SkeletonLines
    lines={[[12, 50, 4], ...Array<SkeletonLine>(5).fill([26, 100, 20]), [14, 70, 24], [32, 30, 24]]}
  />
);
