'use client';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { taskToolsMessages } from '../../../messages/tasks/task-tools.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import {
  columnChoice,
  columnWidthMax,
  columnWidthMin,
  defaultColumns,
  type TaskColumn,
} from './task-columns.ts';
import { useColumnChoice } from './use-column-choice.ts';

export interface ColumnHandleProps {
  column: TaskColumn | 'task';
  /** The column's name. */
  name: string;
}

const stepPx = 16;

/** The edge of a column's head, which pointer and arrow keys move. Renders a focusable `separator`. Reads messages and direction. */
export function ColumnHandle({ column, name }: ColumnHandleProps) {
  const [choice, choose] = useColumnChoice();
  const tools = useMessages('taskTools', taskToolsMessages);
  const width = choice?.widths[column];
  // Its own width, until one was chosen; told once the handle has the focus.
  const [measuredPx, setMeasuredPx] = useState<number>(columnWidthMin);

  // Columns that were not chosen keep the width that they have now.
  const setWidth = (head: HTMLElement, px: number) => {
    const columns = choice?.columns ?? defaultColumns;
    const heads = [...(head.parentElement?.children ?? [])];
    const widths: Record<string, number> = { ...choice?.widths };
    for (const [place, each] of (['task', ...columns] as const).entries()) {
      const measured = heads[place]?.getBoundingClientRect().width;
      // A narrow table leaves columns out.
      if (measured) widths[each] ??= measured;
    }
    choose(columnChoice(columns, { ...widths, [column]: px }));
  };
  const signOf = (element: Element) => (getComputedStyle(element).direction === 'rtl' ? -1 : 1);

  const drag = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    const head = handle.parentElement;
    if (!head || event.button !== 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    const { clientX: startX } = event;
    const startPx = head.offsetWidth;
    const move = ({ clientX }: globalThis.PointerEvent) =>
      setWidth(head, startPx + (clientX - startX) * signOf(head));
    handle.addEventListener('pointermove', move);
    const end = () => handle.removeEventListener('pointermove', move);
    handle.addEventListener('pointerup', end, { once: true });
    handle.addEventListener('pointercancel', end, { once: true });
  };
  const step = (event: KeyboardEvent<HTMLElement>) => {
    const head = event.currentTarget.parentElement;
    const towards = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (!head || towards === 0) return;
    event.preventDefault();
    setWidth(head, (width ?? head.offsetWidth) + towards * signOf(head) * stepPx);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a line across a page takes no focus and has no value
    <span
      className="uk-column-handle"
      role="separator"
      aria-orientation="vertical"
      aria-label={tools.width(name)}
      aria-valuenow={width ?? measuredPx}
      aria-valuemin={columnWidthMin}
      aria-valuemax={columnWidthMax}
      tabIndex={0}
      onFocus={({ currentTarget }) =>
        setMeasuredPx(Math.max(columnWidthMin, currentTarget.parentElement?.offsetWidth ?? 0))
      }
      onPointerDown={drag}
      onKeyDown={step}
    />
  );
}
