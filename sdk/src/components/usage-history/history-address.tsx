'use client';
import type { HistoryRange } from '../../derive/usage/history-range.ts';
import { historySteps } from '../../derive/usage/history-step.ts';
import type { ViewInAddressProps } from '../../hooks/base/use-view.ts';
import type { FigureQuery } from '../../hooks/usage/use-uses.ts';
import { type ViewFields, ViewInAddress } from '../parts/widget/view-in-address.tsx';
import type { UsageHistoryValue } from './history-value.ts';

const dimensions = [
  'day',
  'agent',
  'project',
  'member',
  'apiKey',
  'category',
  'tool',
  'model',
  'tier',
  'lineItem',
] as const;
const kinds = ['cycle', 'previousCycle', 'days7', 'days30', 'days90'] as const;
const date = /^\d{4}-\d{2}-\d{2}$/;

function readRange(range: string, from: string, to: string): HistoryRange {
  if (range === 'custom' && date.test(from) && date.test(to)) return { kind: 'custom', from, to };
  return { kind: kinds.find((kind) => kind === range) ?? 'cycle' };
}

function readFigure(text: string): FigureQuery | null {
  const { metric, from, groupBy, ...rest } = Object.fromEntries(new URLSearchParams(text));
  if (!metric || !from) return null;
  const by = dimensions.find((dimension) => dimension === groupBy);
  return { ...rest, metric, from, ...(by && by !== 'day' && { groupBy: by }) };
}

const fields: ViewFields<UsageHistoryValue> = {
  write: ({ choice, range, step, of, figure }) => ({
    metric: choice.metric,
    compare: choice.compare ?? '',
    by: choice.by,
    table: choice.asTable ? 'yes' : '',
    sum: choice.asSum ? 'yes' : '',
    step: step ?? '',
    of: of === 'mine' ? of : '',
    range: range.kind,
    from: range.kind === 'custom' ? range.from : '',
    to: range.kind === 'custom' ? range.to : '',
    open: figure ? String(new URLSearchParams(Object.entries(figure))) : '',
  }),
  read: ({ metric = '', compare, by, table, sum, step, of, range = '', from = '', to = '', open = '' }) => ({
    choice: {
      metric,
      compare: compare || null,
      by: dimensions.find((dimension) => dimension === by) ?? 'day',
      asTable: table === 'yes',
      asSum: sum === 'yes',
    },
    range: readRange(range, from, to),
    step: historySteps.find((each) => each === step),
    of: of === 'mine' ? of : undefined,
    figure: readFigure(open),
  }),
};

/** Keeps what the history shows in the page's address. Renders nothing. */
export function HistoryAddress(props: ViewInAddressProps<UsageHistoryValue>) {
  return <ViewInAddress {...props} fields={fields} />;
}
