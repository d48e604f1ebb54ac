import { reconcileStore } from '../../../store/reconcile-store.ts';
import { createSqliteStore } from '../../../store/sqlite/sqlite-store.ts';
import { findDamage } from '../../../store/sqlite/upkeep/find-damage.ts';
import type { Store } from '../../../store/store.ts';
import { CommandError } from '../command.ts';

/**
 * Reads a copy of a database from its first page to its last and recomputes every balance of it.
 * @param label What the file is called, which has another name until it is known to be whole.
 * @throws CommandError where it is damaged, or does not add up. StoreOpenError where it is no database of UsageKit.
 */
export async function checkCopy(file: string, label: string): Promise<{ readonly accounts: number }> {
  const damage = findDamage(file);
  if (damage !== null) throw new CommandError('damaged', `${label} is damaged: ${damage}`);
  const store = createSqliteStore({ file });
  try {
    return await checkBalances(store, label);
  } finally {
    await store.close();
  }
}

/** Recomputes every balance. @throws CommandError where one is not the sum of its entries, or cannot be read. */
export async function checkBalances(store: Store, label: string): Promise<{ readonly accounts: number }> {
  let accounts = 0;
  for await (const { accountId, drifts, unreadable } of reconcileStore(store)) {
    accounts += 1;
    const [drift] = drifts;
    if (drift !== undefined)
      throw new CommandError(
        'does_not_add_up',
        `${label} does not add up: in ${accountId}, ${drift.subject} is ${drift.found}, but its entries sum to ${drift.expected}.`,
      );
    if (unreadable !== null)
      throw new CommandError('unreadable_account', `${label}: ${accountId} cannot be read: ${unreadable}`);
  }
  return { accounts };
}
