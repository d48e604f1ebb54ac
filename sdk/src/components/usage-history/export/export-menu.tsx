'use client';
import type { UsageSeries } from '@usagekit/server/contract';
import { useState } from 'react';
import { rowsCsv, type SeriesRow, seriesRows } from '../../../derive/usage/series-csv.ts';
import type { Format } from '../../../format/create-format.ts';
import { formatBucket } from '../../../format/format-bucket.ts';
import { formatSeriesPeriod } from '../../../format/format-series-period.ts';
import { chartExportMessages } from '../../../messages/charts/chart-export.ts';
import type { Messages } from '../../../messages/messages.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Button } from '../../parts/controls/button.tsx';
import { useMenu } from '../../parts/controls/use-menu.ts';
import { downloadIcon } from '../../parts/icons/download-icon.ts';
import { Icon } from '../../parts/icons/icon.tsx';
import { csvFile, saveFile } from '../../parts/save-file.ts';
import { namedShares } from '../named-shares.ts';
import { chartPicture, picturePng, pictureText } from './chart-picture.ts';
import { printSheet } from './print-sheet.ts';

export interface ExportMenuProps {
  /** What is shown: a metric by day with perhaps a second one, or one metric by a dimension. */
  series: readonly UsageSeries[];
  /** Values of the dimension that the legend took out of the drawing. */
  hidden: readonly (string | null)[];
  /** Whether charts are shown, and not their table. */
  isDrawn: boolean;
  format: Format;
  messages: Messages['chart'];
}

/**
 * Saves what the history shows: its figures as CSV, its chart as PNG or SVG, or a printed sheet with both. Renders a `button` that
 * opens a group of buttons, which Escape and a step outside close. Reads messages.
 */
export function ExportMenu({ series, hidden, isDrawn, format, messages }: ExportMenuProps) {
  const texts = useMessages('chartExport', chartExportMessages);
  const { root, isOpen, close, frame, button, group } = useMenu();
  const [hasFailed, setFailed] = useState(false);
  const [first] = series;
  if (!first) return null;
  const by = first.groupBy === null ? '' : `-${first.groupBy}`;
  const name = `usage-${first.metric}${by}`;
  const rows = series.flatMap((each) => rowsOf(each, hidden, format, messages));
  const picture = () => {
    const card = root.current?.closest<HTMLElement>('.uk-card');
    if (!card) throw new Error('The menu stands in no card');
    return chartPicture({ ...headOf(first, format, messages), root: card });
  };
  const save = async (make: () => Blob | Promise<Blob>, ending: string) => {
    setFailed(false);
    close();
    try {
      saveFile(await make(), `${name}.${ending}`);
    } catch {
      setFailed(true);
    }
  };
  const kinds = [
    {
      label: texts.csv,
      run: () => save(() => csvFile(rowsCsv(rows)), 'csv'),
    },
    ...(isDrawn
      ? [
          { label: texts.png, run: () => save(() => picturePng(picture()), 'png') },
          {
            label: texts.svg,
            run: () => save(() => new Blob([pictureText(picture())], { type: 'image/svg+xml' }), 'svg'),
          },
        ]
      : []),
    {
      label: texts.print,
      run: () => {
        close();
        const amountOf = ({ metric, amount }: SeriesRow) =>
          format.amount(amount, (series.find((each) => each.metric === metric) ?? first).unit).exact;
        const bucketOf = ({ at }: SeriesRow) => formatBucket(at, first, format);
        printSheet({
          ...headOf(first, format, messages),
          picture: picture(),
          ...{ rows, amountOf, bucketOf, format },
        });
      },
    },
  ];
  return (
    <div {...frame}>
      <Button kind="quiet" {...button}>
        <Icon drawing={downloadIcon} />
        <span className="uk-run uk-export-word">{texts.open}</span>
      </Button>
      {isOpen && (
        <fieldset {...group} aria-label={texts.open}>
          {kinds.map(({ label, run }) => (
            <Button key={label} kind="quiet" onClick={() => void run()}>
              {label}
            </Button>
          ))}
        </fieldset>
      )}
      {hasFailed && (
        <span className="uk-problem" role="alert">
          {texts.failed}
        </span>
      )}
    </div>
  );
}

function rowsOf(
  series: UsageSeries,
  hidden: readonly (string | null)[],
  format: Format,
  messages: Messages['chart'],
): SeriesRow[] {
  if (series.groupBy === null) return seriesRows(series, []);
  const shares = namedShares(series, format, messages);
  const isHidden = new Set(shares.filter(({ value }) => hidden.includes(value)).map(({ label }) => label));
  // The rest is the rest of all shares, also while some of them are hidden.
  return seriesRows(series, shares).filter(({ label }) => !isHidden.has(label));
}

function headOf(series: UsageSeries, format: Format, messages: Messages['chart']) {
  const by = series.groupBy === null ? '' : ` · ${messages.tabs[series.groupBy]}`;
  return {
    title: `${series.label}${by}`,
    caption: `${formatSeriesPeriod(series, format)} · ${series.timeZone}`,
  };
}
