/** A decimal number as it is: `digits` with `scale` of them behind the point. */
export interface Decimal {
  readonly digits: bigint;
  readonly scale: number;
}

const decimalForm = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** A table's number by its shortest text: a double written as 2.5e-7 means exactly that. */
export function decimalOf(value: number): Decimal | null {
  const match = decimalForm.exec(String(value));
  if (match === null) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  const scale = fraction.length - Number(exponent);
  const digits = BigInt(whole + fraction);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { digits: a.digits * b.digits, scale: a.scale + b.scale };
}

/** A whole number of units times a power of ten. */
export function tenTo(power: number): Decimal {
  return power >= 0 ? { digits: 10n ** BigInt(power), scale: 0 } : { digits: 1n, scale: -power };
}

export function isSame(a: Decimal, b: Decimal): boolean {
  return a.digits * 10n ** BigInt(b.scale) === b.digits * 10n ** BigInt(a.scale);
}

/** The quotient where it has at most so many fraction digits; null where not. */
export function quotient(a: Decimal, b: Decimal, fractionDigits: number): Decimal | null {
  const dividend = a.digits * 10n ** BigInt(b.scale + fractionDigits);
  const divisor = b.digits * 10n ** BigInt(a.scale);
  if (divisor === 0n || dividend % divisor !== 0n) return null;
  return { digits: dividend / divisor, scale: fractionDigits };
}

/** The shortest text, where it needs at most so many fraction digits; null where it needs more. */
export function textOf({ digits, scale }: Decimal, fractionDigits: number): string | null {
  let [left, places] = [digits, scale];
  while (places > 0 && left % 10n === 0n) {
    left /= 10n;
    places -= 1;
  }
  if (places > fractionDigits) return null;
  const text = left.toString().padStart(places + 1, '0');
  return places === 0 ? text : `${text.slice(0, -places)}.${text.slice(-places)}`;
}
