'use client';
import type { Forecast, ForecastFigure } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { Messages } from '../../messages/messages.ts';
import { usageForecastMessages } from '../../messages/usage/usage-forecast.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { asWidget } from '../parts/widget/as-widget.tsx';
import { Card } from '../parts/widget/card.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Skeleton } from '../parts/widget/skeleton.tsx';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { EmptyState } from '../states/empty-state.tsx';
import { ResourceFrame } from '../states/resource-frame.tsx';
import { StaleNote } from '../states/stale-note.tsx';
import { ForecastBar } from './forecast-bar.tsx';
import { forecastTone } from './forecast-tone.ts';

export interface UsageForecastViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ method: false }`. */
  parts?: PartsOf<'UsageForecast'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Forecast>;
}

/**
 * The forecast of the cycle: for each figure the expected total, the range, and the time when the rest runs out. Renders a
 * `section` with a list. Reads locale and messages.
 */
export const UsageForecastView = asWidget(function UsageForecastView(props: UsageForecastViewProps) {
  const { resource, parts, headingLevel = 2 } = props;
  const messages = useMessages('usageForecast', usageForecastMessages);
  const viewer = useFormat(resource.data?.timeZone);
  return (
    <ResourceFrame
      name="usage-forecast"
      what={messages.what}
      title={messages.title}
      resource={resource}
      headingLevel={headingLevel}
      skeleton={[1, 2, 3].map((line) => <Skeleton key={line} height={34} before={14} />)}
    >
      {({ figures, intervalPercent, timeZone, asOf }) => {
        const format = viewer.inZone(timeZone);
        return (
          <Card
            title={messages.title}
            headingLevel={headingLevel}
            side={resource.status === 'stale' && <StaleNote asOf={asOf} format={viewer} />}
          >
            {figures.length === 0 ? (
              <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />
            ) : (
              <>
                <ul className="uk-forecast">
                  {figures.map((figure) => (
                    <ForecastLine
                      key={`${figure.metric} ${figure.window}`}
                      {...{ figure, asOf, parts, format, messages }}
                    />
                  ))}
                </ul>
                {parts?.method !== false && (
                  <p className="uk-caption">{messages.method(format.percent(intervalPercent))}</p>
                )}
              </>
            )}
          </Card>
        );
      }}
    </ResourceFrame>
  );
});

interface ForecastLineProps extends Pick<UsageForecastViewProps, 'parts'> {
  figure: ForecastFigure;
  asOf: string;
  format: Format;
  messages: Messages['usageForecast'];
}

function ForecastLine({ figure, asOf, parts, format, messages }: ForecastLineProps) {
  const { label, unit, included, atEnd } = figure;
  const written = (value: string) => format.short(value).text;
  const expected = written(atEnd.expected);
  return (
    <li className="uk-forecast-line" data-tone={forecastTone(figure)}>
      <div className="uk-forecast-head">
        <span className="uk-forecast-name" dir="auto">
          {label}
        </span>
        <span className="uk-forecast-figure uk-figures">
          {included === null
            ? messages.about(format.amount(atEnd.expected, unit).text)
            : messages.ofIncluded(expected, format.amount(included, unit).text)}
        </span>
      </div>
      {parts?.bar !== false && <ForecastBar figure={figure} />}
      {parts?.sentence !== false && (
        <span className="uk-forecast-sentence uk-caption">
          {unbroken(sentence(figure, asOf, format, messages))}
        </span>
      )}
    </li>
  );
}

/** The outcome: when it runs out, or the range at the end. */
function sentence(
  { window, atEnd, runsOut, endsAt, included }: ForecastFigure,
  asOf: string,
  format: Format,
  messages: Messages['usageForecast'],
): string {
  // A window may end within the day, and is told by the hour then.
  const [low, high] = [format.short(atEnd.low).text, format.short(atEnd.high).text];
  const end = window === null ? format.date(endsAt, asOf) : format.dateTime(endsAt);
  const range = messages.range(low, high, end);
  if (runsOut === null) return included === null ? range : messages.lasts(end, low, high);
  const { expectedAt, earliestAt, latestAt } = runsOut;
  if (expectedAt !== null && expectedAt <= asOf) return messages.joined(messages.hasRunOut, range);
  const isToday = window !== null && format.date(expectedAt ?? earliestAt) === format.date(asOf);
  const words = isToday ? messages.today : messages;
  const written = (at: string) => (isToday ? format.time(at) : format.date(at, asOf));
  const earliest = written(earliestAt);
  if (expectedAt === null) return messages.joined(words.mayRunOut(earliest), range);
  const when = words.runsOut(written(expectedAt), format.relativeDay(expectedAt, asOf));
  const latest = latestAt === null ? null : written(latestAt);
  if (latest === earliest) return when;
  return messages.joined(
    when,
    latest === null ? words.runsOutFrom(earliest) : messages.runsOutBetween(earliest, latest),
  );
}
