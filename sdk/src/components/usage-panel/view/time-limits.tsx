'use client';
import type { Instant, WindowMeter } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import type { Format } from '../../../format/create-format.ts';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Heading } from '../../parts/widget/card.tsx';
import type { ShownMeter } from './panel-content.tsx';

export interface TimeLimitsProps {
  windows: WindowMeter[];
  asOf: Instant;
  format: Format;
  headingLevel: number;
  /** The panel's own words for a date. */
  resetsOn: (date: string) => string;
  /** Given, since the panel has the code of its meters before this is loaded. */
  drawMeters: (meters: readonly ShownMeter[]) => ReactNode;
}

/**
 * Limits by windows of time as a group of meters, each with its own reset: 'Session: resets in 2 h 10 min'. Renders a `div` with a
 * heading. Reads messages.
 */
export function TimeLimits(props: TimeLimitsProps) {
  const { windows, asOf, format, headingLevel, resetsOn, drawMeters } = props;
  const messages = useMessages('usagePanel', usagePanelExtrasMessages);
  const meters = windows.map((window) => ({
    ...window,
    metric: window.id,
    included: window.limit,
    note: noteOf(window),
  }));
  return (
    <div className="uk-meter-group">
      <Heading level={headingLevel + 1} className="uk-group-title">
        {messages.windows}
      </Heading>
      {drawMeters(meters)}
    </div>
  );

  /** When the window resets, and whose use it counts. */
  function noteOf({ of, kind, resetsAt }: WindowMeter): string | undefined {
    if (resetsAt === null) return undefined;
    // Rounded up, so that nobody comes back a minute too early.
    const minutes = Math.ceil((Date.parse(resetsAt) - Date.parse(asOf)) / 60_000);
    const written = (count: number) => (count > 0 ? format.number(count) : '');
    const note =
      minutes < 1_440
        ? messages.windowResets(written(Math.trunc(minutes / 60)), written(minutes % 60), kind)
        : resetsOn(format.relativeDay(resetsAt, asOf));
    return of === 'member' ? messages.windowOwn(note) : note;
  }
}
