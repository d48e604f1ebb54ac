const format = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** A decimal string of credits for people: `1,234.5`. */
export function formatCredits(amount: string): string {
  return format.format(Number(amount));
}
