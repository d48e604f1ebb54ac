'use client';
import type { Instant } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { pauseMessages } from '../../messages/subscription/pause.ts';
import { planNoticeMessages } from '../../messages/subscription/plan-notice.ts';
import type { Drawing, Icon as IconOfAll } from '../parts/icons/icon.tsx';
import type { overIcon, warningIcon } from '../parts/icons/level-icons.ts';
import type { pauseIcon } from '../parts/icons/pause-icon.ts';
import type { LaterTools as ToolsOfAll } from '../parts/widget/later-tools.ts';
import { pauseWords } from '../parts/words/pause-words.ts';
import type { PlanPartProps } from './plan-card-view.tsx';
import { TrialRing } from './trial-ring.tsx';

/** With the drawings that the card itself has. */
type LaterTools = ToolsOfAll & {
  Icon: typeof IconOfAll;
  overIcon: typeof overIcon;
  pauseIcon: typeof pauseIcon;
  warningIcon: typeof warningIcon;
};

export interface PlanNoticeProps extends PlanPartProps {
  /** How many days lie between two instants, in the plan's time zone. */
  days: (from: Instant, to: Instant) => number;
  tools: LaterTools;
}

/** The most urgent facts: days of a trial, the amount owed, a pause, warnings. Renders `div` elements. Reads messages. */
export function PlanNotice(props: PlanNoticeProps) {
  return (
    <>
      <StatusNotice {...props} />
      {props.plan.warnings.map((warning) => (
        <NoticeLine key={warning} tone="warning" icon={props.tools.warningIcon} tools={props.tools}>
          {warning}
        </NoticeLine>
      ))}
    </>
  );
}

function StatusNotice({ plan, days, format, messages, tools }: PlanNoticeProps) {
  const { usePartClass, useMessages, overIcon, pauseIcon } = tools;
  const partClass = usePartClass();
  const pause = useMessages('pause', pauseMessages);
  const texts = useMessages('planNotice', planNoticeMessages);
  const { status, paused, trialEndsAt, periodStartsAt, amountDue, asOf } = plan;
  if (status === 'trial' && trialEndsAt) {
    const daysLeft = Math.max(0, days(asOf, trialEndsAt));
    const written = format.number(daysLeft);
    const words = texts.trialDays(daysLeft);
    return (
      <div className={partClass('notice', 'uk-plan-notice')}>
        <TrialRing
          daysLeft={daysLeft}
          daysAll={days(periodStartsAt, trialEndsAt)}
          written={written}
          label={`${written} ${words}`}
        />
        <p className="uk-text">
          <span className="uk-strong">{words}</span>
          {plan.actions[0]?.kind === 'update_payment' && (
            <>
              <br className="uk-run" />
              <span className="uk-muted">{texts.trialDetail}</span>
            </>
          )}
        </p>
      </div>
    );
  }
  if (status === 'past_due' || paused) {
    return (
      <NoticeLine
        tone={status === 'past_due' ? 'bad' : 'warning'}
        icon={status === 'past_due' ? overIcon : pauseIcon}
        tools={tools}
      >
        <span className="uk-strong">
          {amountDue ? texts.due(format.money(amountDue)) : messages.status[status]}
        </span>
        <br className="uk-run" />
        <span className="uk-run">{paused ? pauseWords(paused, pause) : texts.dueDetail}</span>
      </NoticeLine>
    );
  }
  return null;
}

interface NoticeLineProps {
  tone: 'bad' | 'warning';
  icon: Drawing;
  tools: LaterTools;
  children: ReactNode;
}

function NoticeLine({ tone, icon, tools, children }: NoticeLineProps) {
  const { usePartClass, Icon } = tools;
  return (
    <div className={usePartClass()('notice', 'uk-plan-notice')} data-tone={tone}>
      <Icon drawing={icon} />
      <p className="uk-text" dir="auto">
        {children}
      </p>
    </div>
  );
}
