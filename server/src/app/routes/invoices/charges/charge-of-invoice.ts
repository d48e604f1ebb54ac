import { apiBounds } from '../../../../contract/api-bounds.ts';
import type { Services } from '../../../services.ts';

/** The charge that paid an invoice: the latest that succeeded, among the account's charges. */
export async function chargeOfInvoice(
  { store }: Services,
  accountId: string,
  invoiceId: string,
): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const page = await store.listCharges(accountId, {
      limit: apiBounds.pageSizeMax,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = page.items.find((each) => each.invoiceId === invoiceId && each.status === 'succeeded');
    if (found !== undefined) return found.id;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return undefined;
}
