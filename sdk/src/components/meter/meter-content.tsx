'use client';
import { type Instant, type MeterLevel, softLimitPercent } from '@usagekit/server/contract';
import type { ComponentType } from 'react';
import { signOf } from '../../derive/sign-of.ts';
import { overAmount } from '../../derive/usage/over-amount.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { meterMessages } from '../../messages/usage/meter.ts';
import { useMessages } from '../../messages/use-messages.ts';
import type { BeyondProps } from '../parts/bars/beyond.tsx';
import { joined, RootContent, usePartClass, useRootAttributes } from '../parts/widget/as-widget.tsx';
import { Amount } from '../parts/words/amount.tsx';
import { dotted } from '../parts/words/dotted.ts';
import type { LevelWordProps } from './level-word.tsx';
import type { MeterFigures, MeterProps } from './meter.tsx';
import type { MeterAboutProps } from './meter-about.tsx';
import { MeterBar } from './meter-bar.tsx';
import { unitWord } from './unit-word.ts';

/** What only a meter draws that is near its limit or beyond, or that the catalog describes. */
export interface MeterExtras {
  /** The level as a word. */
  Level: ComponentType<LevelWordProps>;
  /** What the bar has beyond the allowance. */
  Beyond: ComponentType<BeyondProps>;
  /** What counts, where the catalog says it. Left out where no meter has that. */
  About?: ComponentType<MeterAboutProps>;
}

export interface MeterContentProps extends MeterProps {
  meter: MeterFigures & { level: MeterLevel; description?: string | undefined };
  extras: MeterExtras;
}

/** What `Meter` shows. What few meters have is given, so that it may be loaded later. Renders a `div`. Reads locale and messages. */
export function MeterContent(props: MeterContentProps) {
  const { meter, asOf, timeZone, note, trend, tools, parts, open = (figure) => figure, extras } = props;
  const partClass = usePartClass();
  const root = useRootAttributes();
  const format = useFormat(timeZone);
  const messages = useMessages('meter', meterMessages);
  const { level } = meter;
  const bounded = meter.percent !== null && level !== 'unlimited' && level !== 'observed';
  const isNear = bounded && level !== 'ok';
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
          {meter.description && extras.About && <extras.About of={meter} />}
          {tools}
        </span>
        <span className={partClass('meterSide')}>
          {trend}
          {open(<MeterFigure {...{ meter, bounded, level, format, messages }} />)}
        </span>
        {parts?.bar !== false && bounded && (
          <MeterBar
            size="thin"
            Beyond={extras.Beyond}
            label={meter.label}
            level={level}
            percent={meter.percent ?? 0}
            heldPercent={heldPercent(meter)}
            capPercent={capPercent(meter)}
            valueText={meterSentence(meter, format, messages, asOf)}
          />
        )}
        {parts?.foot !== false && (foot || isNear) && (
          <p className={partClass('meterFoot')}>
            <span className="uk-run">{foot}</span>
            {isNear && <extras.Level of={meter} />}
          </p>
        )}
      </RootContent>
    </div>
  );
}

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
