'use client';
import type { Cycle, Instant } from '@usagekit/server/contract';
import { customDaysMax, dateIn, type HistoryRange, startOfDay } from '../../derive/usage/history-range.ts';
import type { Messages } from '../../messages/messages.ts';

export interface RangeChoiceProps {
  range: HistoryRange;
  onChange: (range: HistoryRange) => void;
  cycle: Cycle;
  /** The server's present; undefined until the first answer, and then only the cycles can be chosen. */
  asOf: Instant | undefined;
  messages: Messages['chart'];
}

const kinds = ['cycle', 'previousCycle', 'days7', 'days30', 'days90', 'custom'] as const;

/**
 * Chooses the span of time: a list, and the browser's own date fields for a custom span, which read and write dates in the
 * reader's format. Renders form fields. Reads nothing.
 */
export function RangeChoice({ range, onChange, cycle, asOf, messages }: RangeChoiceProps) {
  const { timeZone } = cycle;
  const today = dateIn(asOf ?? cycle.startsAt, timeZone);
  const choose = (kind: (typeof kinds)[number]) =>
    onChange(kind === 'custom' ? { kind, from: dateIn(cycle.startsAt, timeZone), to: today } : { kind });
  return (
    <>
      <select
        className="uk-select"
        aria-label={messages.range}
        value={range.kind}
        onChange={(event) => choose(event.target.value as (typeof kinds)[number])}
      >
        {kinds
          .filter((kind) => asOf !== undefined || kind === 'cycle' || kind === range.kind)
          .map((kind) => (
            <option key={kind} value={kind}>
              {messages.ranges[kind]}
            </option>
          ))}
      </select>
      {range.kind === 'custom' && (
        <span className="uk-range-dates">
          <DateField
            label={messages.from}
            value={range.from}
            min={dateIn(startOfDay(asOf ?? cycle.startsAt, 1 - customDaysMax, timeZone), timeZone)}
            max={range.to}
            onChange={(from) => onChange({ ...range, from })}
          />
          <DateField
            label={messages.to}
            value={range.to}
            min={range.from}
            max={today}
            onChange={(to) => onChange({ ...range, to })}
          />
        </span>
      )}
    </>
  );
}

interface DateFieldProps {
  label: string;
  value: string;
  min: string;
  max: string;
  onChange: (date: string) => void;
}

/** A date that is half typed, or outside of what can be chosen, is no choice yet. */
function DateField({ label, value, min, max, onChange }: DateFieldProps) {
  return (
    <input
      type="date"
      className="uk-select"
      aria-label={label}
      defaultValue={value}
      min={min}
      max={max}
      required
      onChange={({ target }) => {
        if (target.validity.valid && target.value !== '') onChange(target.value);
      }}
    />
  );
}
