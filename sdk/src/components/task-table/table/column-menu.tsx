'use client';
import type { Messages } from '../../../messages/messages.ts';
import { Button } from '../../parts/controls/button.tsx';
import { LinkButton } from '../../parts/controls/link-button.tsx';
import { useMenu } from '../../parts/controls/use-menu.ts';
import { columnsIcon } from '../../parts/icons/columns-icon.ts';
import { Icon } from '../../parts/icons/icon.tsx';
import { columnChoice, defaultColumns, type TaskColumn, taskColumns } from './task-columns.ts';
import { useColumnChoice } from './use-column-choice.ts';
import { useColumnNames } from './use-column-names.ts';

export interface ColumnMenuProps {
  messages: Messages['taskTable'];
  tools: Messages['taskTools'];
}

/** Which columns are shown. Renders a `button` that opens a group of checkboxes, which Escape and a step outside close. Reads messages. */
export function ColumnMenu({ messages, tools }: ColumnMenuProps) {
  const [choice, choose] = useColumnChoice();
  const names = useColumnNames(messages);
  const { isOpen, frame, button, group } = useMenu();
  const columns = choice?.columns ?? defaultColumns;
  const toggle = (column: TaskColumn, isShown: boolean) =>
    choose(
      columnChoice(
        taskColumns.filter((each) => (each === column ? isShown : columns.includes(each))),
        { ...choice?.widths },
      ),
    );
  return (
    <div {...frame}>
      <Button kind="quiet" {...button}>
        <Icon drawing={columnsIcon} />
        {tools.columns}
      </Button>
      {isOpen && (
        <fieldset {...group} aria-label={tools.columns}>
          {taskColumns.map((column) => (
            <label key={column} className="uk-check-line">
              <input
                type="checkbox"
                className="uk-check"
                checked={columns.includes(column)}
                onChange={(event) => toggle(column, event.target.checked)}
              />
              {names[column]}
            </label>
          ))}
          {choice && <LinkButton onClick={() => choose(undefined)}>{tools.standardColumns}</LinkButton>}
        </fieldset>
      )}
    </div>
  );
}
