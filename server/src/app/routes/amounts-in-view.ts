import type { CreditUnit, DecimalString } from '../../contract/amount.ts';
import { formatAmount } from '../../domain/amounts/amounts.ts';
import type { Micros } from '../../domain/state.ts';
import type { Viewer } from '../callers/viewer.ts';

/** Whether amounts of a unit may be told: credits with the balance, money only where money is shown. */
export function showsUnit(viewer: Viewer, unit: CreditUnit): boolean {
  return unit === 'credits' || viewer.view.money;
}

/** Whether the viewer may see remaining and paid amounts. */
export function showsBalance(viewer: Viewer, unit: CreditUnit): boolean {
  return viewer.view.balance && showsUnit(viewer, unit);
}

export function formatOrNull(amount: Micros | null): DecimalString | null {
  return amount === null ? null : formatAmount(amount);
}
