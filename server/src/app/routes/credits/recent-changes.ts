import type { LedgerEntry, RecentChange } from '../../../contract/credits/credits.ts';
import { formatAmount, type Micros } from '../../../domain/amounts/amounts.ts';
import type { LedgerRecord } from '../../../domain/credits/state.ts';
import type { OpenHold } from '../../../domain/holds/state.ts';
import type { TaskRecord } from '../../../domain/tasks/state.ts';
import type { AccountReading } from '../../accounts/account-reader.ts';
import type { Services } from '../../services.ts';
import { heldFor } from '../tasks/task-view.ts';
import { ledgerEntryView } from './ledger-view.ts';

/** Changes that are told. */
const changesMax = 5;
/** Entries that are read for them: a task has four where its estimate was held, one more for each part that was settled. */
const entriesMax = 30;

/** The last changes of the balance, newest first: all entries of a task are one change, under the task's name. */
export async function readRecentChanges(
  { store }: Pick<Services, 'store'>,
  { state, due, catalog, viewer }: AccountReading,
): Promise<RecentChange[]> {
  const accountId = state.profile.id;
  const { items, nextCursor } = await store.listEntries(accountId, { limit: entriesMax });
  const shown = [...due.entries.toReversed(), ...items].filter(
    (entry) => entry.unit === catalog.unit || viewer.view.money,
  );
  const oldest = nextCursor === null ? undefined : items.at(-1);
  const changes: RecentChange[] = [];
  for (const group of groupsOf(shown)) {
    if (changes.length >= changesMax) break;
    const [newest, ...older] = group;
    const { taskId } = newest;
    const task = taskId === null ? undefined : await store.readTask(accountId, taskId);
    const tell = (entry: LedgerRecord) => ({ entry, view: ledgerEntryView(entry, { catalog, viewer }) });
    const told = [tell(newest), ...older.map(tell)] as const;
    // Of a task that began before what was read, the sum of what was read would be no sum of the task.
    const isWhole = oldest === undefined || (task !== undefined && task.createdAtMs > oldest.recordedAtMs);
    if (told.length > 1 && isWhole) changes.push(sumOf(told, task));
    else if (!isWhole && task?.unit === newest.unit) changes.push(asItsTaskSays(told, task, state.holds));
    else changes.push(...told.map(({ view }) => named(view, task)));
  }
  return changes.slice(0, changesMax);
}

/** The entries of a task stand where its newest one is. */
function groupsOf(entries: readonly LedgerRecord[]): [LedgerRecord, ...LedgerRecord[]][] {
  const groups = new Map<string, [LedgerRecord, ...LedgerRecord[]]>();
  for (const entry of entries) {
    const key = entry.taskId === null ? `entry ${entry.id}` : `task ${entry.taskId} ${entry.unit}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()];
}

interface ToldEntry {
  entry: LedgerRecord;
  view: LedgerEntry;
}

/** What all entries of a task come to. Its id and members are those of the charge, where there is one, which can be explained. */
function sumOf(told: readonly [ToldEntry, ...ToldEntry[]], task: TaskRecord | undefined): RecentChange {
  const entries = told.map(({ entry }) => entry);
  const held = sum(entries.filter(({ kind }) => kind === 'hold' || kind === 'release'));
  const [newest] = told;
  const charge = told.find(({ entry }) => entry.kind === 'debit');
  const { holdEnd: _, ...about } = (charge ?? newest).view;
  return {
    ...named(about, task),
    kind: held === 0n ? about.kind : 'hold',
    amount: formatAmount(sum(entries)),
    balanceAfter: newest.view.balanceAfter,
    grants: [...grantSums(entries)].map(([grantId, amount]) => ({ grantId, amount: formatAmount(amount) })),
    effectiveAt: newest.view.effectiveAt,
    recordedAt: newest.view.recordedAt,
    entries: told.map(({ view }) => view),
  };
}

/**
 * The same of a task whose first entries were not read, as where many run at once: the task itself knows what it came to. It is told
 * without its entries, which would not sum to it.
 */
function asItsTaskSays(
  told: readonly [ToldEntry, ...ToldEntry[]],
  task: TaskRecord,
  openHolds: readonly OpenHold[],
): RecentChange {
  const held = heldFor(task, openHolds);
  const spent = task.paid - task.refunded;
  const [newest] = told;
  const charge = told.find(({ entry }) => entry.kind === 'debit');
  const { holdEnd: _, ...about } = (charge ?? newest).view;
  return {
    ...named(about, task),
    kind: held > 0n ? 'hold' : spent > 0n ? 'debit' : about.kind,
    amount: formatAmount(-spent - held),
    balanceAfter: newest.view.balanceAfter,
    effectiveAt: newest.view.effectiveAt,
    recordedAt: newest.view.recordedAt,
  };
}

function sum(entries: readonly LedgerRecord[]): Micros {
  return entries.reduce((total, { amount }) => total + amount, 0n);
}

function grantSums(entries: readonly LedgerRecord[]): Map<string, Micros> {
  const sums = new Map<string, Micros>();
  for (const { legs } of entries)
    for (const { grantId, amount } of legs) sums.set(grantId, (sums.get(grantId) ?? 0n) + amount);
  return sums;
}

/** With the task's name, for those who may see whose use it is. */
function named({ more, ...view }: LedgerEntry, task: TaskRecord | undefined): LedgerEntry {
  if (task === undefined || view.taskId === undefined) return more === undefined ? view : { ...view, more };
  return { ...view, description: task.name };
}
