'use client';
import type { Action, Diagnosis, Finding } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import { commonMessages } from '../../messages/common/common.ts';
import { whyBlockedMessages } from '../../messages/diagnosis/why-blocked.ts';
import { outOfCreditsMessages } from '../../messages/gate/out-of-credits.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { ActionButtons } from '../parts/controls/action-buttons.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { overIcon } from '../parts/icons/level-icons.ts';
import { checkIcon } from '../parts/icons/state-icons.ts';
import { asWidget, usePartClass } from '../parts/widget/as-widget.tsx';
import { Card, Heading } from '../parts/widget/card.tsx';
import { Notice as NoticeFrame } from '../parts/widget/notice.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Section } from '../parts/widget/section.tsx';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { FindingList, FoundTasks } from './finding-list.tsx';
import { actionsOf, type FindingWriting, findingWords, workWords } from './finding-words.ts';
import { LookedAtList } from './looked-at-list.tsx';

export interface WhyBlockedViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ lookedAt: false }`. */
  parts?: PartsOf<'WhyBlocked'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Diagnosis>;
  /** Called instead of following an action's address. */
  onAction?: ((action: Action) => void) | undefined;
  /** Opens a task that is named; without it tasks are named only. */
  onOpenTask?: ((taskId: string) => void) | undefined;
}

/**
 * Why work is blocked, if it is: the cause, its effect on running work, the one thing to do and who can do it; then the other
 * findings and the checks. Renders a `section` with a card. Reads locale and messages.
 */
export const WhyBlockedView = asWidget(function WhyBlockedView(props: WhyBlockedViewProps) {
  const { resource, onAction, onOpenTask, parts, headingLevel = 2 } = props;
  const messages = useMessages('whyBlocked', whyBlockedMessages);
  return (
    <ResourceFrame
      name="why-blocked"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={<WhyBlockedSkeleton />}
      stateOf={({ status }) => status}
    >
      {(diagnosis) => (
        <DiagnosisCard
          diagnosis={diagnosis}
          stale={resource.status === 'stale'}
          {...{ onAction, onOpenTask, parts, headingLevel }}
        />
      )}
    </ResourceFrame>
  );
});

interface DiagnosisCardProps extends Pick<WhyBlockedViewProps, 'onAction' | 'onOpenTask' | 'parts'> {
  diagnosis: Diagnosis;
  stale: boolean;
  headingLevel: number;
}

function DiagnosisCard(props: DiagnosisCardProps) {
  const { diagnosis, stale, onAction, onOpenTask, parts, headingLevel } = props;
  const messages = useMessages('whyBlocked', whyBlockedMessages);
  const refusals = useMessages('outOfCredits', outOfCreditsMessages);
  const common = useMessages('common', commonMessages);
  const { status, findings, lookedAt, timeZone, creditLabel, asOf } = diagnosis;
  const viewer = useFormat(timeZone, creditLabel);
  const writing: FindingWriting = { diagnosis, format: viewer.inZone(timeZone), messages, refusals };
  const [first, ...rest] = findings;
  const cause = status === 'blocked' ? first : undefined;
  const others = cause ? rest : findings;
  const side = stale ? (
    <StaleNote asOf={asOf} format={viewer} />
  ) : (
    <time className="uk-caption" dateTime={asOf} title={viewer.dateTime(asOf)}>
      {common.asOf(viewer.time(asOf))}
    </time>
  );
  return (
    <Card title={messages.title} headingLevel={headingLevel} side={side}>
      <div className="uk-verdict" role="status">
        {cause ? (
          <CauseNotice {...{ cause, writing, onAction, onOpenTask, parts, headingLevel }} />
        ) : (
          <Notice
            tone={status === 'clear' ? 'good' : undefined}
            title={status === 'clear' ? messages.clear : messages.atRisk}
            headingLevel={headingLevel}
          >
            <p className="uk-text">{status === 'clear' ? messages.clearDetail : messages.atRiskDetail}</p>
          </Notice>
        )}
      </div>
      {parts?.findings !== false && others.length > 0 && (
        <Section title={cause ? messages.alsoFound : messages.found} headingLevel={headingLevel + 1}>
          <FindingList
            findings={others}
            {...{ writing, onAction, onOpenTask }}
            showsActions={parts?.actions !== false}
            offered={cause && actionsOf(cause)}
          />
        </Section>
      )}
      {parts?.lookedAt !== false && (
        <Section title={messages.lookedAt} headingLevel={headingLevel + 1}>
          <LookedAtList areas={lookedAt} format={writing.format} messages={messages} />
        </Section>
      )}
    </Card>
  );
}

interface CauseNoticeProps
  extends Pick<DiagnosisCardProps, 'onAction' | 'onOpenTask' | 'parts' | 'headingLevel'> {
  cause: Finding;
  writing: FindingWriting;
}

function CauseNotice(props: CauseNoticeProps) {
  const { cause, writing, onAction, onOpenTask, parts, headingLevel } = props;
  const { title, lines } = findingWords(cause, writing);
  const [what, ...more] = lines;
  return (
    <Notice tone="bad" title={title} headingLevel={headingLevel}>
      {'tasks' in cause && <FoundTasks finding={cause} {...{ writing, onOpenTask }} />}
      <p className="uk-text">{what && unbroken(what)}</p>
      <p className="uk-text uk-muted">{unbroken(workWords(cause, writing))}</p>
      {more.map((line) => (
        <p key={line} className="uk-text uk-muted">
          {unbroken(line)}
        </p>
      ))}
      {parts?.actions !== false && (
        <ActionButtons
          actions={actionsOf(cause)}
          onAction={onAction}
          urgent
          othersMay={writing.refusals.askWho}
        />
      )}
    </Notice>
  );
}

interface NoticeProps {
  tone: 'bad' | 'good' | undefined;
  title: string;
  headingLevel: number;
  children: ReactNode;
}

function Notice({ tone, title, headingLevel, children }: NoticeProps) {
  const partClass = usePartClass();
  return (
    <NoticeFrame tone={tone}>
      <Icon drawing={tone === 'bad' ? overIcon : checkIcon} />
      <div className="uk-notice-body">
        <Heading level={headingLevel + 1} className={partClass('subtitle')}>
          {title}
        </Heading>
        {children}
      </div>
    </NoticeFrame>
  );
}

function WhyBlockedSkeleton() {
  return (
    <>
      <Skeleton height={120} before={16} />
      <Skeleton height={14} widthPercent={30} before={24} />
      {[60, 45, 55].map((widthPercent) => (
        <Skeleton key={widthPercent} height={14} widthPercent={widthPercent} before={14} />
      ))}
    </>
  );
}
