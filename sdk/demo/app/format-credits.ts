const format = new Intl.NumberFormat('en', { maximumFractionDigits: 2, roundingMode: 'trunc' });

/** A decimal string of credits for people: `1,234.5`, never more than there are. */
export function formatCredits(amount: string): string {
  return format.format(amount as Intl.StringNumericLiteral);
}
