import {
  eraseActivity,
  eraseCharge,
  eraseEntry,
  eraseHold,
  eraseInvoice,
  eraseMember,
  eraseNotice,
  erasePurchase,
  eraseTask,
  eraseUsage,
} from '../../domain/erasures/erase-records.ts';
import { rollupsNoun } from '../../domain/erasures/erased-rows.ts';
import type { Eraser } from '../../domain/erasures/eraser.ts';
import type { ErasedRows } from '../../domain/erasures/state.ts';
import { AccountHistory } from './account-history.ts';
import { deepFreeze } from './deep-freeze.ts';

/** The history of an account after an erasure, with what it did. The state is the account's own matter. */
export function eraseHistory(
  before: AccountHistory,
  eraser: Eraser,
): { readonly history: AccountHistory; readonly rows: readonly ErasedRows[] } {
  const isAccount = eraser.erasing.subject === 'account';
  const history = new AccountHistory();
  if (!isAccount) history.state = before.state;
  const rows: ErasedRows[] = [];
  const take = <Value extends object>(
    noun: string,
    values: Iterable<Value>,
    erase: (eraser: Eraser, value: Value) => Value,
    put: (value: Value) => void,
  ) => {
    const counts = { noun, replaced: 0, removed: 0, kept: 0 };
    for (const value of values) {
      const erased = erase(eraser, value);
      const isChanged = isAccount || textOf(erased) !== textOf(value);
      if (isChanged) counts['keepsName' in erased ? 'kept' : 'replaced'] += 1;
      put(isChanged ? deepFreeze(erased) : value);
    }
    rows.push(counts);
  };
  take('members', before.members.values(), eraseMember, (member) => history.members.set(member.id, member));
  take('holds', before.holds.values(), eraseHold, (hold) => history.putHold(hold));
  take('tasks', before.tasks.values(), eraseTask, (task) => history.putTask(task));
  take('purchases', before.purchases.values(), erasePurchase, (purchase) =>
    history.purchases.set(purchase.id, purchase),
  );
  take('invoices', before.invoices.values(), eraseInvoice, (invoice) => history.putInvoice(invoice));
  take('charges', before.charges.values(), eraseCharge, (charge) => history.putCharge(charge));
  take(
    'activity',
    before.activityByTime.backwardsFrom(() => false),
    eraseActivity,
    (activity) => history.activityByTime.put(activity),
  );
  take('entries', before.entries.values(), eraseEntry, (entry) => history.addEntry(entry));
  take('usage', before.usage.values(), eraseUsage, (usage) => history.addUsage(usage));
  if (isAccount) {
    rows.push({ noun: 'notices', replaced: 0, removed: before.notices.size, kept: 0 });
    rows.push({ noun: 'event ids', replaced: 0, removed: before.events.size, kept: 0 });
  } else {
    take('notices', before.notices.values(), eraseNotice, (notice) => history.putNotice(notice));
    history.events = before.events;
  }
  let replaced = 0;
  for (const cell of before.everyCell()) {
    const value = cell.dimension === 'member' ? eraser.memberId(cell.value) : cell.value;
    if (isAccount || value !== cell.value) replaced += 1;
    history.addCell({ ...cell, accountId: eraser.accountId, value });
  }
  rows.push({ noun: rollupsNoun, replaced, removed: 0, kept: 0 });
  return { history, rows };
}

function textOf(value: object): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part));
}
