import type { Money } from '@usagekit/server/contract';
import type { Format } from './create-format.ts';

/** An amount of money to its smallest unit, with a true minus sign. */
export const exactMoney = ({ amount, currency }: Money, format: Format) =>
  format.amount(amount, currency).exact.replace('-', '−');
