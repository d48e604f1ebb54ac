import type { Money } from '@usagekit/server/contract';

export function formatMoney({ amount, currency }: Money): string {
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
  }).format(Number(amount));
}
