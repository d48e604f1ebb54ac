'use client';
import type { Task } from '@usagekit/server/contract';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { rowWindow, unwindowedRowsMax } from '../../derive/row-window.ts';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';
import { TaskRow } from './task-row.tsx';

export interface TaskRowsProps {
  tasks: Task[];
  /** Whether there are more than these; the count of rows is then not known. */
  hasMore: boolean;
  onOpen: (taskId: string) => void;
  /** Stands below the last row. */
  foot?: ReactNode;
  /** Floats over the first rows, so that it moves none of them. */
  banner?: ReactNode;
  format: Format;
  messages: Messages['taskTable'];
}

/** The height of a row at the usual font size; the real one is measured. */
const rowPxDefault = 52;
const viewportPxDefault = 560;

// Layout effects do nothing on a server, and React says so aloud.
const useMeasure = typeof window === 'undefined' ? useEffect : useLayoutEffect;

/**
 * The table itself. Of more than 200 rows only those in sight are drawn, between two rows that stand for the others.
 * Renders a focusable scrolling region with a `table`, whose rows bear their place in the whole. Reads nothing.
 */
export function TaskRows({ tasks, hasMore, onOpen, foot, banner, format, messages }: TaskRowsProps) {
  const region = useRef<HTMLElement>(null);
  const body = useRef<HTMLTableSectionElement>(null);
  const [view, setView] = useState({ topPx: 0, heightPx: viewportPxDefault, rowPx: rowPxDefault });
  const windowed = tasks.length > unwindowedRowsMax;
  const { start, end, beforePx, afterPx } = rowWindow(tasks.length, view.topPx, view.heightPx, view.rowPx);

  const measure = () => {
    const row = body.current?.querySelector('.uk-task');
    if (!region.current || !row) return;
    const { scrollTop: topPx, clientHeight } = region.current;
    const next = {
      topPx,
      heightPx: clientHeight || viewportPxDefault,
      rowPx: row.getBoundingClientRect().height || rowPxDefault,
    };
    setView((last) => {
      const drawn = rowWindow(tasks.length, last.topPx, last.heightPx, last.rowPx);
      const wanted = rowWindow(tasks.length, next.topPx, next.heightPx, next.rowPx);
      // Most scroll events leave the same rows in sight; they cost no rendering.
      const same = drawn.start === wanted.start && drawn.end === wanted.end && last.rowPx === next.rowPx;
      return same ? last : next;
    });
  };
  useMeasure(() => {
    if (windowed) measure();
  }, [windowed, tasks.length]);

  return (
    <div className="uk-task-region">
      {banner}
      <section
        ref={region}
        className="uk-scroll"
        aria-label={messages.list}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard
        tabIndex={0}
        onScroll={windowed ? measure : undefined}
      >
        <table className="uk-tasks" aria-rowcount={hasMore ? -1 : tasks.length + 1}>
          <thead className="uk-tasks-head">
            <tr className="uk-tasks-head-row" aria-rowindex={1}>
              <th className="uk-task-head" scope="col">
                {messages.columns.task}
              </th>
              <th className="uk-task-head uk-task-cell-status" scope="col">
                {messages.columns.status}
              </th>
              <th className="uk-task-head uk-task-cell-started" scope="col">
                {messages.columns.started}
              </th>
              <th className="uk-task-head uk-task-cell-duration uk-end" scope="col">
                {messages.columns.duration}
              </th>
              <th className="uk-task-head uk-end uk-task-cell-cost" scope="col">
                {messages.columns.cost}
              </th>
            </tr>
          </thead>
          <tbody ref={body} className="uk-tasks-body">
            {beforePx > 0 && <Spacer heightPx={beforePx} />}
            {tasks.slice(start, end).map((task, place) => (
              <TaskRow
                key={task.id}
                task={task}
                rowIndex={start + place + 2}
                onOpen={onOpen}
                format={format}
                messages={messages}
              />
            ))}
            {afterPx > 0 && <Spacer heightPx={afterPx} />}
          </tbody>
        </table>
        {foot}
      </section>
    </div>
  );
}

/** Stands for rows that are not drawn. Its height is an attribute, which a strict content policy lets through. */
function Spacer({ heightPx }: { heightPx: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a row takes no focus
    <tr className="uk-spacer" aria-hidden="true">
      <td className="uk-spacer-cell" height={heightPx} />
    </tr>
  );
}
