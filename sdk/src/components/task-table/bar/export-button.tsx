'use client';
import type { Task } from '@usagekit/server/contract';
import { useEffect, useRef, useState } from 'react';
import { type ExportProgress, exportTasks } from '../../../client/tasks/export-tasks.ts';
import type { Format } from '../../../format/create-format.ts';
import { useSessionStore } from '../../../hooks/base/use-session-store.ts';
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
export function ExportButton({ exported, ...rest }: ExportButtonProps) {
  return exported ? <ServerExport {...rest} {...exported} /> : <SaveButton {...rest} />;
}

type SaveButtonProps = Omit<ExportButtonProps, 'exported'>;

function ServerExport({ accountId, filters, ...rest }: SaveButtonProps & TaskExport) {
  const store = useSessionStore({ accountId });
  const exportAll =
    store &&
    ((progress: ExportProgress) => exportTasks(store.client, store.session.accountId, filters, progress));
  return <SaveButton {...rest} exportAll={exportAll} />;
}

interface ExportAll {
  exportAll?: ((progress: ExportProgress) => Promise<Blob>) | null;
}

function SaveButton({ rows, exportAll, format, tools }: SaveButtonProps & ExportAll) {
  const [count, setCount] = useState<number>();
  const [hasFailed, setFailed] = useState(false);
  const ending = useRef<AbortController>(undefined);
  useEffect(() => () => ending.current?.abort(), []);

  const save = async () => {
    if (!exportAll) return saveTasks(rows);
    const controller = new AbortController();
    ending.current = controller;
    setFailed(false);
    setCount(0);
    try {
      saveFile(await exportAll({ onProgress: setCount, signal: controller.signal }), 'tasks.csv');
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
