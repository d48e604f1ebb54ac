'use client';
import type { Instant, LimitPolicy, MeterLevel, ShownUnit } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { meterLevel } from '../../derive/usage/meter-level.ts';
import { Beyond } from '../parts/bars/beyond.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { LevelWord } from './level-word.tsx';
import { MeterContent } from './meter-content.tsx';

const extras = { Level: LevelWord, Beyond };

/** The figures of a meter; the contract's `Meter`, `SummaryMeter` and `PlanInclusion` all fit. */
export interface MeterFigures {
  /** What is counted, in words. */
  label: string;
  /** One and many of what is counted. */
  unit: ShownUnit;
  /** Null where the caller may see percentages only. */
  used: string | null;
  /** Null without a cap. */
  included: string | null;
  /** Share of the allowance; null without a cap. */
  percent: number | null;
  /** By default derived from `percent`. */
  level?: MeterLevel | undefined;
  /** What happens at the limit; absent where nothing does. */
  policy?: LimitPolicy | undefined;
  /** The amount set aside by open holds, in addition to `used`; `percent` counts both. */
  held?: string | null | undefined;
  /** The amount at which the gate refuses; null or absent where it does not. */
  refusesAt?: string | null | undefined;
  /** When it counts from 0 again; null or absent where it does not. */
  resetsAt?: Instant | null | undefined;
  /** The limit that the account set itself. */
  ownLimit?: string | null | undefined;
  /** Whether the server paused it. */
  paused?: boolean | undefined;
}

export interface MeterProps {
  /** Parts to leave out, such as `{ foot: false }`. */
  parts?: PartsOf<'Meter'> | undefined;
  /** What is used and what there is. */
  meter: MeterFigures;
  /** Time of the answer, from which 'in 8 days' is computed; without it the reset is left out. */
  asOf?: Instant | undefined;
  /** The account's zone, in which resets are counted. */
  timeZone?: string | undefined;
  /** In place of what happens at the limit. */
  note?: string | undefined;
  /** Stands before the figures; a `MeterTrend`, say. */
  trend?: ReactNode;
  /** Stands behind the name: buttons that set something of the metric. */
  tools?: ReactNode;
  /** Wraps the figure, such as in a button that opens the uses behind it. */
  open?: ((figure: ReactNode) => ReactNode) | undefined;
}

/**
 * One metric with its use, a thin bar, its level as a word, and the effect at the limit. Renders a `div` with a `meter` in it, or
 * plain text without a cap. Reads locale and messages.
 */
export const Meter = asWidget(function Meter({ meter, ...rest }: MeterProps) {
  const level = meter.level ?? meterLevel(meter.percent);
  return <MeterContent {...rest} meter={{ ...meter, level }} extras={extras} />;
});
