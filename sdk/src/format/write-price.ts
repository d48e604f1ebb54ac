import { inOnePiece, type Money } from '@usagekit/server/contract';
import type { Format } from './create-format.ts';
import { orUnknown } from './intl-formats.ts';

/**
 * A price as it stands on a button: `$40`, not `$40.00`; cents only where there are any.
 *
 * @param column the prices next to which it stands: where one of them has cents, all have
 */
export function writePrice(
  { amount, currency }: Money,
  { locale }: Pick<Format, 'locale'>,
  column: readonly (Money | null | undefined)[] = [],
): string {
  const hasCents = column.some((price) => price && !Number.isInteger(Number(price.amount)));
  const written = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    // A price is never said to be another than it is.
    maximumFractionDigits: 6,
    trailingZeroDisplay: hasCents ? 'auto' : 'stripIfInteger',
  });
  return inOnePiece(
    orUnknown(Number(amount), () => written.format(amount as Intl.StringNumericLiteral)),
    locale,
  );
}
