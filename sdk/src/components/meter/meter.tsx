'use client';
import {
  type Instant,
  type LimitPolicy,
  type MeterLevel,
  type ShownUnit,
  softLimitPercent,
} from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { signOf } from '../../derive/sign-of.ts';
import { meterLevel } from '../../derive/usage/meter-level.ts';
import { overAmount } from '../../derive/usage/over-amount.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { meterMessages } from '../../messages/meter.ts';
import { useMessages } from '../../messages/use-messages.ts';
import {
  asWidget,
  joined,
  RootContent,
  usePartClass,
  useRootAttributes,
} from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Amount } from '../parts/words/amount.tsx';
import { dotted } from '../parts/words/dotted.ts';
import { LevelWord } from './level-word.tsx';
import { MeterBar } from './meter-bar.tsx';
import { unitWord } from './unit-word.ts';

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
export const Meter = asWidget(function Meter(props: MeterProps) {
  const { meter, asOf, timeZone, note, trend, tools, parts, open = (figure) => figure } = props;
  const partClass = usePartClass();
  const root = useRootAttributes();
  const format = useFormat(timeZone);
  const messages = useMessages('meter', meterMessages);
  const level = meter.level ?? meterLevel(meter.percent);
  const bounded = meter.percent !== null && level !== 'unlimited' && level !== 'observed';
  // The figure shows the use; the bar includes held amounts too.
  const held =
    bounded && meter.held && signOf(meter.held) > 0
      ? messages.heldPart(format.short(meter.held).text)
      : undefined;
  const foot = dotted(held, (meter.paused && messages.paused) || note || policyNote(meter, format, messages));
  return (
    <div
      {...root}
      className={joined(partClass('meter'), root.className)}
      data-level={level}
      data-metric={'metric' in meter ? String(meter.metric) : undefined}
    >
      <RootContent>
        <span className={partClass('meterName')}>
          {meter.label}
          {tools}
        </span>
        <span className={partClass('meterSide')}>
          {trend}
          {open(<MeterFigure {...{ meter, bounded, level, format, messages }} />)}
        </span>
        {parts?.bar !== false && bounded && meter.percent !== null && (
          <MeterBar
            size="thin"
            label={meter.label}
            level={level}
            percent={meter.percent}
            heldPercent={heldPercent(meter)}
            capPercent={capPercent(meter)}
            valueText={meterSentence(meter, format, messages, asOf)}
          />
        )}
        {parts?.foot !== false && (foot || (bounded && level !== 'ok')) && (
          <p className={partClass('meterFoot')}>
            <span className="uk-run">{foot}</span>
            {bounded && <LevelWord level={level} percent={percentInWords(meter)} messages={messages} />}
          </p>
        )}
      </RootContent>
    </div>
  );
});

interface MeterFigureProps {
  meter: MeterFigures;
  bounded: boolean;
  level: MeterLevel;
  format: Format;
  messages: typeof meterMessages;
}

function MeterFigure({ meter, bounded, level, format, messages }: MeterFigureProps) {
  const used =
    meter.used === null ? null : (
      <Amount className="uk-meter-figure" value={format.figure(meter.used, meter.unit)} />
    );
  if (!bounded) {
    const unit = meter.used === null ? '' : unitWord(meter, meter.used, format);
    return level === 'observed' ? (
      used && (
        <>
          {used}
          {unit}
        </>
      )
    ) : (
      <>
        {used}
        {used && `${unit} · `}
        {messages.unlimited}
      </>
    );
  }
  if (used === null || meter.included === null) {
    return <bdi className="uk-meter-figure">{format.percent(meter.percent ?? 0)}</bdi>;
  }
  return (
    <>
      {used}
      {' / '}
      <bdi className="uk-run">
        {format.figure(meter.included, meter.unit).text}
        {unitWord(meter, meter.included, format)}
      </bdi>
    </>
  );
}

/** The whole sentence of a bounded meter: `1,200 of 1,000 credits used, 200 over, resets in 8 days`. */
export function meterSentence(
  meter: MeterFigures,
  format: Format,
  messages: typeof meterMessages,
  asOf?: Instant,
): string {
  const { used, included, held, percent, resetsAt } = meter;
  const parts: string[] = [];
  if (used !== null && included !== null) {
    const unit = format.unit(included, meter.unit);
    const exact = (amount: string) => format.figure(amount, meter.unit).exact;
    parts.push(messages.used(messages.usedOf(exact(used), exact(included), unit)));
    const over = overAmount(used, held, included);
    if (signOf(over) > 0) parts.push(messages.overPart(exact(over)));
  } else {
    parts.push(messages.percentUsed(format.percent(percent ?? 0)));
  }
  if (held && signOf(held) > 0) parts.push(messages.heldPart(format.number(held)));
  if (resetsAt && asOf) parts.push(messages.resets(format.relativeDay(resetsAt, asOf)));
  return messages.sentence(parts);
}

function policyNote(meter: MeterFigures, format: Format, messages: typeof meterMessages): string | undefined {
  if (meter.ownLimit) return messages.ownLimit(format.short(meter.ownLimit).text);
  if (meter.policy === undefined) return undefined;
  if (meter.policy === 'observe') return messages.observed;
  if (meter.policy === 'unlimited' || meter.percent === null) return undefined;
  if (meter.policy === 'soft') {
    return messages.atLimit.soft(
      meter.refusesAt ? format.short(meter.refusesAt).text : format.percent(softLimitPercent),
    );
  }
  return messages.atLimit[meter.policy];
}

function share(part: string | null | undefined, whole: string | null): number | undefined {
  return part && whole && signOf(whole) > 0 ? (Number(part) / Number(whole)) * 100 : undefined;
}

const heldPercent = (meter: MeterFigures) => share(meter.held, meter.included);
const capPercent = (meter: MeterFigures) => share(meter.refusesAt, meter.included);

/** What is used where nothing is included is beyond it, and has no percentage. */
function percentInWords({ used, included, percent }: MeterProps['meter']): number | null {
  const isBeyondNothing = used !== null && included !== null && signOf(used) > 0 && signOf(included) === 0;
  return isBeyondNothing ? Number.POSITIVE_INFINITY : percent;
}
