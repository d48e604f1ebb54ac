import type { InvoiceRecord } from '../../../domain/invoices/state.ts';
import { type AccountReading, assertMaySee, readAccount } from '../../accounts/account-reader.ts';
import { commitDueOf } from '../../accounts/commit-due.ts';
import type { Caller } from '../../callers/caller.ts';
import { AppError } from '../../http/reply/problem.ts';
import type { Services } from '../../services.ts';

/**
 * An account for a caller who may see its invoices, with those committed that have fallen due: they have numbers, and are in
 * the history.
 * @throws AppError `account_not_found`, `forbidden`.
 */
export async function readBilling(
  services: Services,
  accountId: string,
  caller: Caller,
): Promise<AccountReading> {
  const reading = await readAccount(services, accountId, caller);
  assertMaySee(reading.viewer.view.invoices);
  const { invoices, charges } = reading.due;
  if (invoices.length === 0 && charges.length === 0) return reading;
  await commitDueOf(services, accountId);
  return readAccount(services, accountId, caller);
}

/** One invoice of an account. @throws AppError as `readBilling`, and `not_found`. */
export async function readInvoice(
  services: Services,
  { accountId, invoiceId }: { readonly accountId: string; readonly invoiceId: string },
  caller: Caller,
): Promise<{ readonly reading: AccountReading; readonly invoice: InvoiceRecord }> {
  const reading = await readBilling(services, accountId, caller);
  const invoice = await services.store.readInvoice(accountId, invoiceId);
  if (invoice === undefined) throw invoiceNotFound(invoiceId);
  return { reading, invoice };
}

export function invoiceNotFound(invoiceId: string): AppError {
  return new AppError('not_found', `There is no invoice '${invoiceId}' in this account`);
}
