'use client';
import { useState } from 'react';
import { columnDecimals } from '../../../format/column-decimals.ts';
import type { Format } from '../../../format/create-format.ts';
import { type FigureQuery, useUses } from '../../../hooks/usage/use-uses.ts';
import { usesMessages } from '../../../messages/usage/uses.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Dialog } from '../../parts/controls/dialog.tsx';
import { TaskInDrawer } from '../../task-table/drawer/task-in-drawer.tsx';
import { UsesList } from './uses-list.tsx';

export interface UsesDrawerProps {
  figure: FigureQuery;
  /** Of the metric. */
  label: string;
  /** Beneath the title: the part and the span of the figure. */
  caption?: string | undefined;
  /** The unit as `format.amount` takes it. */
  unit: Parameters<Format['amount']>[1];
  accountId?: string | undefined;
  /** In the account's time zone. */
  format: Format;
  timeZone: string;
  onClose: () => void;
}

/**
 * The uses behind a figure, which sum to it; each leads to its task and to the words that explain its charge. Renders a modal
 * `dialog`. Reads `GET /v1/accounts/{id}/uses` page by page.
 */
export function UsesDrawer(props: UsesDrawerProps) {
  const { figure, label, caption, accountId, timeZone, onClose } = props;
  const messages = useMessages('uses', usesMessages);
  const resource = useUses(figure, { accountId });
  const [taskId, setTaskId] = useState<string>();
  return (
    <>
      <Dialog kind="drawer" title={messages.title(label)} caption={caption} onClose={onClose}>
        <UsesList
          {...props}
          decimalsOf={columnDecimals}
          resource={resource}
          onTask={setTaskId}
          messages={messages}
        />
      </Dialog>
      {taskId !== undefined && (
        <TaskInDrawer
          {...{ taskId, accountId, timeZone }}
          now={resource.asOf}
          task={undefined}
          onClose={() => setTaskId(undefined)}
        />
      )}
    </>
  );
}
