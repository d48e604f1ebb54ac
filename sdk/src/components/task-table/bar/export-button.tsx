'use client';
import type { Task } from '@usagekit/server/contract';
import { useEffect, useRef, useState } from 'react';
import { exportTasks } from '../../../client/tasks/export-tasks.ts';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';
import { Button } from '../../parts/controls/button.tsx';
import { downloadIcon } from '../../parts/icons/download-icon.ts';
import { Icon } from '../../parts/icons/icon.tsx';
import { saveFile } from '../../parts/save-file.ts';
import { saveTasks } from './save-tasks.ts';
import type { TaskExport } from './task-export.ts';

export interface ExportButtonProps {
  /** The tasks to save if there is no server to ask for all of them. */
  rows: Task[];
  exported: TaskExport | undefined;
  format: Format;
  tools: Messages['taskTools'];
}

/**
 * Saves tasks as CSV; while the server sends them, it shows how many have arrived. Renders a `button`. Reads the filtered tasks.
 */
export function ExportButton({ rows, exported, format, tools }: ExportButtonProps) {
  const [count, setCount] = useState<number>();
  const [hasFailed, setFailed] = useState(false);
  const ending = useRef<AbortController>(undefined);
  useEffect(() => () => ending.current?.abort(), []);

  const save = async () => {
    if (!exported) return saveTasks(rows);
    const controller = new AbortController();
    ending.current = controller;
    setFailed(false);
    setCount(0);
    try {
      const { store, filters } = exported;
      const progress = { onProgress: setCount, signal: controller.signal };
      const file = await exportTasks(store.client, store.session.accountId, filters, progress);
      saveFile(file, 'tasks.csv');
    } catch {
      setFailed(!controller.signal.aborted);
    } finally {
      if (ending.current === controller) setCount(undefined);
    }
  };
  const cancel = () => {
    ending.current?.abort();
    setCount(undefined);
  };

  const isUnderWay = count !== undefined;
  return (
    <>
      {isUnderWay && (
        <span className="uk-caption uk-figures">{tools.exporting(count, format.number(count))}</span>
      )}
      {/* One button for both, so that the focus stays on it. */}
      <Button kind="quiet" onClick={isUnderWay ? cancel : () => void save()}>
        {!isUnderWay && <Icon drawing={downloadIcon} />}
        {isUnderWay ? tools.cancel : tools.csv}
      </Button>
      {hasFailed && (
        <span className="uk-problem" role="alert">
          {tools.exportFailed}
        </span>
      )}
    </>
  );
}
