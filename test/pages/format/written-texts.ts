import { createFormat } from '../../../sdk/src/format/create-format.ts';
import { formatAgo } from '../../../sdk/src/format/format-ago.ts';
import { formatDuration } from '../../../sdk/src/format/format-duration.ts';
import { formatPeriod } from '../../../sdk/src/format/format-period.ts';

/** The locales that server and browser are compared in. */
export const locales = [
  'en',
  'en-US',
  'en-GB',
  'en-IN',
  'de-DE',
  'de-CH',
  'fr-FR',
  'fr-CA',
  'es-ES',
  'es-MX',
  'it-IT',
  'pt-BR',
  'pt-PT',
  'nl-NL',
  'sv-SE',
  'da-DK',
  'pl-PL',
  'cs-CZ',
  'tr-TR',
  'ru-RU',
  'uk-UA',
  'ar-EG',
  'ar',
  'he-IL',
  'fa-IR',
  'hi-IN',
  'bn-BD',
  'th-TH',
  'ja-JP',
  'ko-KR',
  'zh-CN',
  'zh-TW',
  'vi-VN',
  'id-ID',
];

const zones = ['UTC', 'Europe/Berlin', 'America/Los_Angeles'];
const instants = [
  '2026-01-05T09:07:00.000Z',
  '2026-05-31T23:30:00.000Z',
  '2026-09-14T12:00:00.000Z',
  '2026-12-31T18:45:30.000Z',
];
const amounts = [
  '0',
  '0.000004',
  '0.4',
  '1',
  '12.5',
  '999.6',
  '1284.503',
  '9999.999',
  '58562',
  '1234567.89',
  '-1250000000',
];
const currencies = ['USD', 'EUR', 'JPY', 'KWD', 'INR'];

/** Everything that the kit writes, by what was asked for. */
export function writtenTexts(locale: string): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const timeZone of zones) {
    const format = createFormat({ locale, timeZone });
    for (const at of instants) {
      const key = `${timeZone} ${at}`;
      texts[`date ${key}`] = format.date(at);
      texts[`date in its year ${key}`] = format.date(at, instants[0]);
      texts[`day ${key}`] = format.day(at);
      texts[`month ${key}`] = format.month(at);
      texts[`dateTime ${key}`] = format.dateTime(at);
      texts[`time ${key}`] = format.time(at);
      for (const end of instants) if (end > at) texts[`period ${key} ${end}`] = formatPeriod(at, end, format);
      texts[`relativeDay ${key}`] = format.relativeDay(at, instants[1] ?? at);
      texts[`ago ${key}`] = formatAgo(at, instants[2] ?? at, format);
    }
    texts[`ago 5 minutes ${timeZone}`] = formatAgo(
      '2026-01-05T09:02:00.000Z',
      '2026-01-05T09:07:00.000Z',
      format,
    );
  }
  const format = createFormat({ locale });
  for (const value of amounts) {
    texts[`number ${value}`] = format.number(value);
    texts[`short ${value}`] = format.short(value).text;
    texts[`signed ${value}`] = format.signed(value).text;
    texts[`axis ${value}`] = format.axis(Number(value));
    for (const unit of currencies) {
      texts[`amount ${value} ${unit}`] = format.amount(value, unit).text;
      texts[`exact ${value} ${unit}`] = format.amount(value, unit).exact;
    }
  }
  for (const percent of [0, 0.02, 1, 50, 99.96, 100, 1234.5])
    texts[`percent ${percent}`] = format.percent(percent);
  for (const ms of [400, 12_000, 72_000, 3_720_000, 90_000_000])
    texts[`duration ${ms}`] = formatDuration(ms, format);
  return texts;
}
