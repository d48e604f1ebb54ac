import type { CatalogConfig } from '../../contract/catalog/catalog.ts';
import { formatAmount, parseAmount } from '../amounts/amounts.ts';
import { smallestPart } from '../amounts/currency.ts';
import type { CatalogReader } from './catalog-reader.ts';
import type { Billing, Tax } from './catalog-types.ts';

const paymentTermDaysDefault = 7;
const paymentTermDaysMax = 365;
const retryDaysDefault = [3, 5, 7];
const retriesMax = 20;
const maximumChargeDefault = '999999.99';
const addressLinesMax = 8;
const percentMax = parseAmount('100');

/** How invoices are made and collected. Without it they are made and nothing is collected. */
export function readBilling(reader: CatalogReader, config: CatalogConfig): Billing {
  const { billing, currency } = config;
  const pointer = '/billing';
  const addressLines = billing?.seller?.addressLines ?? [];
  if (billing?.seller !== undefined) reader.label(`${pointer}/seller/name`, billing.seller.name);
  if (addressLines.length > addressLinesMax)
    reader.mistake(
      `${pointer}/seller/addressLines`,
      'The address is too long',
      `at most ${addressLinesMax} lines`,
    );
  const paymentTermDays =
    readPaymentTermDays(reader, pointer, billing?.paymentTermDays) ?? paymentTermDaysDefault;
  const retryDays = billing?.retryDays ?? retryDaysDefault;
  if (retryDays.length > retriesMax)
    reader.mistake(`${pointer}/retryDays`, 'There are too many retries', `at most ${retriesMax}`);
  for (const [index, days] of retryDays.entries())
    reader.wholeNumber(`${pointer}/retryDays/${index}`, days, 1);
  const inCurrency = (place: string, text: string | undefined, otherwise: string) => {
    const amount = reader.amount(place, text ?? otherwise);
    const part = smallestPart(currency);
    if (text !== undefined && amount % part !== 0n)
      reader.mistake(
        place,
        `${currency} has no parts as fine as in ${text}`,
        `a multiple of ${formatAmount(part)}`,
      );
    return amount - (amount % part);
  };
  return {
    collects: billing !== undefined,
    seller: {
      name: billing?.seller?.name ?? '',
      addressLines,
      taxId: billing?.seller?.taxId ?? null,
      email: billing?.seller?.email ?? null,
    },
    paymentTermDays,
    retryDays,
    minimumCharge: inCurrency(`${pointer}/minimumCharge`, billing?.minimumCharge, '0'),
    maximumCharge: inCurrency(`${pointer}/maximumCharge`, billing?.maximumCharge, maximumChargeDefault),
    withoutPaymentMethod: billing?.withoutPaymentMethod ?? 'refuse',
    note: billing?.note ?? null,
    numberPrefix: billing?.numberPrefix ?? 'INV-',
    taxes: readTaxes(reader, config),
    taxFor: null,
  };
}

function readTaxes(reader: CatalogReader, { billing }: CatalogConfig): Tax[] {
  return (billing?.taxes ?? []).map(({ label, percent, accountKinds }, index) => {
    const pointer = `/billing/taxes/${index}`;
    reader.label(`${pointer}/label`, label);
    const read = reader.amount(`${pointer}/percent`, percent);
    if (read > percentMax) reader.mistake(`${pointer}/percent`, `${percent} is not accepted`, 'at most 100');
    return {
      label,
      percent: read,
      accountKinds: new Set(accountKinds ?? (['organization', 'person'] as const)),
    };
  });
}

/** Days in which invoices are due, of the catalog or of a contract; null where they are left out. */
export function readPaymentTermDays(
  reader: CatalogReader,
  pointer: string,
  given: number | undefined,
): number | null {
  const place = `${pointer}/paymentTermDays`;
  const days = reader.wholeNumber(place, given, 0);
  if (days !== null && days > paymentTermDaysMax)
    reader.mistake(place, `${days} is not accepted`, `at most ${paymentTermDaysMax}`);
  return days;
}
