'use client';
import type { UsageHistory } from '@usagekit/server/contract';
import { metricMonths } from '../../derive/usage/metric-months.ts';
import { useFormat } from '../../format/use-format.ts';
import { meterMessages } from '../../messages/usage/meter.ts';
import { meterTrendMessages } from '../../messages/usage/meter-trend.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Sparkline } from '../parts/bars/sparkline.tsx';

const english = { ...meterMessages, ...meterTrendMessages };

export interface MeterTrendProps {
  history: UsageHistory | undefined;
  metric: string;
}

/** A metric's months next to its meter. Renders an `svg`, or nothing without enough history. Reads messages. */
export function MeterTrend({ history, metric }: MeterTrendProps) {
  const messages = useMessages('meter', english);
  const format = useFormat(history?.timeZone);
  const months = metricMonths(history, metric);
  if (!months) return null;
  const written = months.values.map((value) => format.short(value).text);
  return (
    <Sparkline
      values={months.values.map(Number)}
      label={messages.trend(written.length, messages.sentence(written))}
    />
  );
}
