'use client';
import { type Instant, msPerHour, type UsageSeries } from '@usagekit/server/contract';
import type { Format } from '../../../format/create-format.ts';
import { formatPeriod } from '../../../format/format-period.ts';
import type { Messages } from '../../../messages/messages.ts';
import { nameOfValue } from '../named-shares.ts';
import type { MetricChoice } from '../usage-history-view.tsx';
import { UsesDrawer, type UsesDrawerProps } from './uses-drawer.tsx';

export interface FigureDrawerProps extends Omit<UsesDrawerProps, 'label' | 'caption'> {
  metrics: readonly MetricChoice[];
  /** The figure's series, which names its part. */
  series: UsageSeries;
  messages: Messages['chart'];
}

/** The uses behind a figure of the history, named by whose they are, part and span. Renders a modal `dialog`. Reads as `UsesDrawer`. */
export function FigureDrawer({ metrics, series, messages, ...rest }: FigureDrawerProps) {
  const { figure, format } = rest;
  const { metric, groupBy, value, memberId, from, to = series.asOf } = figure;
  const label = series.groups.find((group) => group.value === value)?.label ?? null;
  const caption = [
    groupBy !== undefined && value !== undefined && nameOfValue(value, label, groupBy, messages),
    memberId !== undefined && messages.mine,
    periodOf(from, to, series.asOf, format),
  ];
  return (
    <UsesDrawer
      {...rest}
      label={metrics.find(({ id }) => id === metric)?.label ?? metric}
      caption={caption.filter(Boolean).join(' · ')}
    />
  );
}

/** The span of a figure: days, or hours within a day. */
function periodOf(from: Instant, to: Instant, asOf: Instant, format: Format): string {
  return Date.parse(to) - Date.parse(from) <= msPerHour
    ? `${format.dateTime(from, asOf)} – ${format.time(to)}`
    : formatPeriod(from, to, format);
}
