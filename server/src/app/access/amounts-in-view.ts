import type { CreditUnit, DecimalString, ShownUnit } from '../../contract/values/amount.ts';
import { formatAmount, type Micros } from '../../domain/amounts/amounts.ts';
import type { Catalog } from '../../domain/catalog/catalog-types.ts';
import type { Viewer } from './viewer.ts';

/** Whether amounts of a unit may be told: credits with the balance, money only where money is shown. */
export function showsUnit(viewer: Viewer, unit: CreditUnit): boolean {
  return unit === 'credits' || viewer.view.money;
}

/** Whether the viewer may see remaining and paid amounts. */
export function showsBalance(viewer: Viewer, unit: CreditUnit): boolean {
  return viewer.view.balance && showsUnit(viewer, unit);
}

/** The unit of balances and charges: the catalog's name for it, with the currency where they are money. */
export function balanceUnit({ creditLabel, unit }: Pick<Catalog, 'creditLabel' | 'unit'>): ShownUnit {
  return unit === 'credits' ? creditLabel : { ...creditLabel, currency: unit };
}

export function formatOrNull(amount: Micros | null): DecimalString | null {
  return amount === null ? null : formatAmount(amount);
}
