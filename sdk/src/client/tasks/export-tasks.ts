import type { TaskSelection } from '@usagekit/server/contract';
import * as paths from '@usagekit/server/contract/addresses';
import type { UsageKitClient } from '../create-client.ts';

export interface ExportProgress {
  /** Called with how many tasks have come so far. */
  onProgress?: (taskCount: number) => void;
  signal?: AbortSignal;
}

const quote = 34;
const lineFeed = 10;

/**
 * Every task that is asked for, as the CSV that the server streams.
 *
 * @throws UsageKitError also where the answer broke off, so that half of a list is never taken for all of it
 */
export async function exportTasks(
  client: UsageKitClient,
  accountId: string,
  query: TaskSelection,
  { onProgress, signal }: ExportProgress = {},
): Promise<Blob> {
  const body = await client.open({
    path: paths.taskExport(accountId),
    query,
    signal,
    accept: 'text/csv, application/problem+json',
  });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  // The head is a line too. A line feed between quotes is part of a cell.
  let lines = -1;
  let isQuoted = false;
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    parts.push(part.value as Uint8Array<ArrayBuffer>);
    for (const byte of part.value) {
      if (byte === quote) isQuoted = !isQuoted;
      else if (byte === lineFeed && !isQuoted) lines += 1;
    }
    onProgress?.(Math.max(0, lines));
  }
  return new Blob(parts, { type: 'text/csv;charset=utf-8' });
}
