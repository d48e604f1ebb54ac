import type { DecimalString } from '@usagekit/server/contract';

/**
 * Reads an amount as people of the locale write it, with at most six decimals: its own digits or the ten of ASCII, its own
 * decimal sign, and its own sign between thousands where it stands where it belongs. Undefined for anything else, so that
 * `1.5` in German, which might mean one and a half or fifteen, is asked for again instead of guessed.
 */
export function parseAmount(text: string, locale: string): DecimalString | undefined {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(1_234_567.5);
  const sign = (name: string) => parts.find(({ type }) => type === name)?.value ?? '';
  const groups = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length);
  const plain = withAsciiDigits(text.trim(), locale);
  const [whole = '', ...fractions] = plain.split(sign('decimal'));
  const fraction = fractions[0] ?? '';
  if (fractions.length > 1 || !/^\d{0,6}$/.test(fraction) || (fractions.length > 0 && fraction === '')) {
    return undefined;
  }
  const pieces = whole.split(separatorOf(sign('group')));
  const isGrouped = pieces.length > 1 && areGroups(pieces, groups);
  const digits = isGrouped || pieces.length === 1 ? pieces.join('') : '';
  if (!/^\d{1,12}$/.test(digits)) return undefined;
  const trimmed = digits.replace(/^0+(?=\d)/, '');
  const decimals = fraction.replace(/0+$/, '');
  return decimals === '' ? trimmed : `${trimmed}.${decimals}`;
}

/** An amount as it stands in a field of the locale: `12,5` in German, without signs between thousands. */
export function typedAmount(value: DecimalString, locale: string): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: 6, useGrouping: false }).format(
    value as Intl.StringNumericLiteral,
  );
}

/** Whether every piece has as many digits as the language puts between two signs: three, or two before the last three. */
function areGroups(pieces: string[], groups: number[]): boolean {
  const last = groups.at(-1) ?? 3;
  const inner = groups.at(-2) ?? last;
  return pieces.every((piece, place) => {
    if (place === 0) return piece.length >= 1 && piece.length <= inner;
    return piece.length === (place === pieces.length - 1 ? last : inner);
  });
}

/** Look-alikes of a separator count as it: any space as a space, either apostrophe as an apostrophe. */
function separatorOf(group: string): RegExp | string {
  if (/^\s$/.test(group)) return /\s/;
  if (/^['\u2019]$/.test(group)) return /['\u2019]/;
  return group === '' ? /(?!)/ : group;
}

function withAsciiDigits(text: string, locale: string): string {
  const digits = [...new Intl.NumberFormat(locale, { useGrouping: false }).format(9_876_543_210)].reverse();
  return [...text]
    .map((character) => (digits.includes(character) ? digits.indexOf(character) : character))
    .join('');
}
