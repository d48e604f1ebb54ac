/** Optional columns, in addition to the task itself. */
export const taskColumns = [
  'status',
  'agent',
  'member',
  'project',
  'category',
  'started',
  'ended',
  'duration',
  'cost',
  'id',
] as const;
export type TaskColumn = (typeof taskColumns)[number];

export const defaultColumns: readonly TaskColumn[] = ['status', 'started', 'duration', 'cost'];

/** Columns in the order of `taskColumns`, with the width of each of them and of `task` in pixels. */
export interface ColumnChoice {
  columns: readonly TaskColumn[];
  widths: Readonly<Record<string, number>>;
  /** All of them together. */
  sumPx: number;
}

export const columnWidthMin = 64;
export const columnWidthMax = 800;

const usualWidths: Record<string, number> = {
  task: 220,
  status: 150,
  started: 180,
  ended: 180,
  duration: 124,
  cost: 120,
};

/** Columns with their measured or chosen widths; others get the usual width. */
export function columnChoice(columns: readonly TaskColumn[], widths: Record<string, number>): ColumnChoice {
  const shown = taskColumns.filter((column) => columns.includes(column));
  const widthOf = (column: string) =>
    Math.round(
      Math.min(columnWidthMax, Math.max(columnWidthMin, widths[column] ?? usualWidths[column] ?? 140)),
    );
  const chosen = Object.fromEntries(['task', ...shown].map((column) => [column, widthOf(column)]));
  const sumPx = Object.values(chosen).reduce((sum, px) => sum + px);
  return { columns: shown, widths: chosen, sumPx };
}

/** The stored choice; undefined if there is none or it is invalid. */
export function readColumnChoice(text: string | null): ColumnChoice | undefined {
  if (!text) return undefined;
  try {
    const { columns, widths } = JSON.parse(text);
    return columnChoice(columns, widths);
  } catch {
    return undefined;
  }
}
