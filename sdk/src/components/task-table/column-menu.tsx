'use client';
import { type FocusEvent, type KeyboardEvent, useId, useRef, useState } from 'react';
import type { Messages } from '../../messages/messages.ts';
import { Button, LinkButton } from '../parts/button.tsx';
import { columnsIcon } from '../parts/columns-icon.ts';
import { Icon } from '../parts/icon.tsx';
import { columnChoice, defaultColumns, type TaskColumn, taskColumns } from './task-columns.ts';
import { useColumnChoice } from './use-column-choice.ts';

export interface ColumnMenuProps {
  messages: Messages['taskTable'];
  tools: Messages['taskTools'];
}

/** Which columns are shown. Renders a `button` that opens a group of checkboxes, which Escape and a step outside close. Reads nothing. */
export function ColumnMenu({ messages, tools }: ColumnMenuProps) {
  const [choice, choose] = useColumnChoice();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const columns = choice?.columns ?? defaultColumns;
  const toggle = (column: TaskColumn, isShown: boolean) =>
    choose(
      columnChoice(
        taskColumns.filter((each) => (each === column ? isShown : columns.includes(each))),
        { ...choice?.widths },
      ),
    );
  const closeOutside = ({ relatedTarget }: FocusEvent) => {
    if (!root.current?.contains(relatedTarget)) setOpen(false);
  };
  const closeByKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !isOpen) return;
    // A drawer around the table stays open.
    event.stopPropagation();
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears what its own controls do
    <div ref={root} className="uk-menu" onBlur={closeOutside} onKeyDown={closeByKey}>
      <Button kind="quiet" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <Icon drawing={columnsIcon} />
        {tools.columns}
      </Button>
      {isOpen && (
        // It takes the focus of a click next to a checkbox, which would otherwise close the menu.
        <fieldset id={id} className="uk-menu-list" aria-label={tools.columns} tabIndex={-1}>
          {taskColumns.map((column) => (
            <label key={column} className="uk-check-line">
              <input
                type="checkbox"
                className="uk-check"
                checked={columns.includes(column)}
                onChange={(event) => toggle(column, event.target.checked)}
              />
              {messages.columns[column]}
            </label>
          ))}
          {choice && <LinkButton onClick={() => choose(undefined)}>{tools.standardColumns}</LinkButton>}
        </fieldset>
      )}
    </div>
  );
}
