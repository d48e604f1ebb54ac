'use client';
import type { Action } from '@usagekit/server/contract';
import { Suspense } from 'react';
import { useSummary } from '../../hooks/accounts/use-summary.ts';
import { pageNavMessages } from '../../messages/common/page-nav.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { type PageLinks, PageNav } from '../page-nav/page-nav.tsx';
import { lazyPart } from '../parts/lazy-part.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { type WidgetProps, WidgetRoot } from '../parts/widget/widget-root.tsx';
import { TaskTable } from '../task-table/task-table.tsx';

// Only while work is blocked.
const WhyBlocked = lazyPart(() => import('../why-blocked/why-blocked.tsx'), 'WhyBlocked');

export interface TasksPageProps extends WidgetProps, PageLinks {
  /** Parts to leave out, such as `{ blocked: false }`. */
  parts?: PartsOf<'TasksPage'> | undefined;
  /** The session's account by default. */
  accountId?: string | undefined;
  /** The account's time zone. */
  timeZone?: string | undefined;
  /** Called with the action that was chosen; without it, actions lead to their own address. */
  onAction?: ((action: Action) => void) | undefined;
}

/**
 * Tasks as a whole, and why work is blocked while it is. Renders a `section` with links to usage and billing. Reads what the widgets
 * read, and the summary.
 */
export const TasksPage = asWidget(function TasksPage(props: TasksPageProps) {
  const { accountId, timeZone, pages, onPage, onAction, headingLevel = 2 } = props;
  const messages = useMessages('pageNav', pageNavMessages);
  const summary = useSummary({ accountId });
  const common = { accountId, headingLevel };
  return (
    <WidgetRoot name="tasks-page" state={summary.status} label={messages.pages.tasks}>
      <PageNav pages={pages} onPage={onPage} present="tasks" />
      <div className="uk-billing-widgets">
        {summary.data?.blocked && props.parts?.blocked !== false && (
          <Suspense fallback={null}>
            <WhyBlocked {...common} onAction={onAction} />
          </Suspense>
        )}
        <TaskTable {...common} timeZone={timeZone} />
      </div>
    </WidgetRoot>
  );
});
