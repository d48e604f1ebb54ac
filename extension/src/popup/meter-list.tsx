import { BudgetBar, Meter, type MeterFigures } from '@usagekit/react/usage-panel/no-charts';
import type { Summary, SummaryMeter, Usage } from '@usagekit/server/contract';
import { paceOfMeter, paceOfWindow } from '../core/account/pace.ts';
import type { ReaderFormat } from '../core/reader-format.ts';
import { wordsOf } from '../words/words-of.ts';
import { PaceLine } from './pace-line.tsx';

export interface MeterListProps {
  summary: Summary;
  /** Null until it was asked for. */
  usage: Usage | null;
  format: ReaderFormat;
}

/** The budget, the meters and the windows, each with its pace. Figures are the summary's, which are live; what a limit does comes from the usage. */
export function MeterList({ summary, usage, format }: MeterListProps) {
  const timeZone = usage?.cycle.timeZone ?? format.timeZone;
  const budget = usage?.budget ?? null;
  if (summary.meters.length + summary.windows.length === 0 && budget === null) return null;
  return (
    <section className="uk-root meters" aria-label={wordsOf(format).popup.usage}>
      {budget && usage && <BudgetBar budget={budget} timeZone={timeZone} asOf={usage.asOf} amounts />}
      {summary.meters.map((meter) => (
        <div key={meter.metric}>
          <Meter meter={withPolicy(meter, usage)} asOf={summary.asOf} timeZone={timeZone} />
          <PaceLine pace={paceOfMeter(meter, summary)} asOf={summary.asOf} format={format} />
        </div>
      ))}
      {summary.windows.map((window) => (
        <div key={window.id}>
          <Meter meter={{ ...window, included: window.limit }} asOf={summary.asOf} timeZone={timeZone} />
          <PaceLine pace={paceOfWindow(window, summary)} asOf={summary.asOf} format={format} />
        </div>
      ))}
    </section>
  );
}

function withPolicy(meter: SummaryMeter, usage: Usage | null): MeterFigures {
  const whole = usage?.groups.flatMap(({ meters }) => meters).find(({ metric }) => metric === meter.metric);
  return whole === undefined ? meter : { ...whole, ...meter };
}
