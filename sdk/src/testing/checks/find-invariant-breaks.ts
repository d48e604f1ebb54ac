import { toMillionths } from '../../derive/decimal.ts';
import { type HostBackend, HostBackendError } from '../engine/host-backend.ts';

/**
 * Checks an account's figures against its ledger: the entries, and the remaining amounts of its grants less its debt, must sum to the
 * available amount. Returns one sentence for each violation.
 */
export async function findInvariantBreaks(
  backend: Pick<HostBackend, 'credits' | 'ledgerPage'>,
  accountIds: Iterable<string>,
): Promise<string[]> {
  const breaks: string[] = [];
  for (const accountId of accountIds) {
    const credits = await creditsUnlessErased(backend, accountId);
    if (credits === null) continue;
    let sum = 0n;
    let cursor: string | undefined;
    do {
      const page = await backend.ledgerPage(accountId, cursor);
      for (const { unit, amount } of page.items) if (unit === credits.unit) sum += toMillionths(amount);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);

    const available = toMillionths(credits.available);
    if (sum !== available) {
      breaks.push(`${accountId}: the ledger sums to ${sum} millionths and ${available} are available`);
    }
    const grants = credits.grants
      .filter(({ unit }) => unit === credits.unit)
      .reduce((total, { remaining }) => total + toMillionths(remaining), 0n);
    const debt = toMillionths(credits.debt);
    if (grants - debt !== available) {
      const owed = debt === 0n ? '' : `, ${debt} are owed`;
      breaks.push(
        `${accountId}: the grants have ${grants} millionths left${owed} and ${available} are available`,
      );
    }
  }
  return breaks;
}

/** Null where a test erased the account: its ledger stands under a pseudonym that is only in the proof. */
async function creditsUnlessErased(backend: Pick<HostBackend, 'credits'>, accountId: string) {
  try {
    return await backend.credits(accountId);
  } catch (error) {
    if (error instanceof HostBackendError && error.status === 404) return null;
    throw error;
  }
}
