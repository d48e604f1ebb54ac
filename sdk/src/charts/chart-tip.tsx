'use client';
import { type ReactNode, useEffect, useRef } from 'react';
import { meterMessages } from '../messages/meter.ts';
import { useMessages } from '../messages/use-messages.ts';

interface ChartTipProps {
  /** The start of the bar at the cursor, which `barKeys` opens; left out where there is none. */
  at?: string | undefined;
  children: ReactNode;
}

/** The words at the cursor of the chart that it stands in. Renders a `div`; where the chart has the focus, `ChartStatus` says them. */
export function ChartTip({ at, children }: ChartTipProps) {
  const box = useRef<HTMLDivElement>(null);
  const { sentence } = useMessages('meter', meterMessages);
  useEffect(() => {
    const tip = box.current;
    const chart = tip?.closest('.uk-chart');
    const status = chart?.querySelector('[role="status"]');
    if (!tip || !chart || !status) return;
    // A pointer is followed by eye, and charts with a common cursor show their own words.
    const { activeElement } = tip.getRootNode() as Document | ShadowRoot;
    if (!chart.contains(activeElement)) return;
    const words = sentence(Array.from(tip.children, (line) => line.textContent));
    if (status.textContent !== words) status.textContent = words;
  });
  return (
    <div ref={box} className="uk-tooltip" data-at={at}>
      {children}
    </div>
  );
}

/** Says what a chart's cursor is at, for those who move it by keys. Renders a `p` that is not seen. */
export function ChartStatus() {
  return <p className="uk-hidden" role="status" />;
}
