import { expect, it } from 'vitest';
import type { TaskRecord } from '../../../server/src/domain/tasks/state.ts';
import type { Store, TaskFilter } from '../../../server/src/store/store.ts';
import { sampleAccount, sampleTask } from '../account-samples.ts';
import { freshStore, pagesOf, type StoreHarness } from './harness.ts';

const statuses = ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;

export function taskGuarantees(harness: StoreHarness): void {
  it('A10: lists tasks by every filter and every pair of filters, newest first, page by page', async () => {
    const store = await freshStore(harness);
    const tasks = Array.from({ length: 60 }, (_, index) => variedTask(index));
    await putTasks(store, tasks);
    const filters: TaskFilter[] = [{}];
    for (const part of [
      { accountId: 'a' },
      { status: 'failed' },
      { agentId: 'writer-1' },
      { memberId: 'ann' },
      { fromMs: 7 },
      { toMs: 21 },
    ] as const) {
      for (const filter of [...filters]) filters.push({ ...filter, ...part });
    }
    for (const filter of filters) {
      const pages = await pagesOf((page) => store.listTasks(filter, page), 4);
      const expected = tasks.filter((task) => fits(task, filter)).sort(newestFirst);
      expect(pages.flat().map(nameOf), JSON.stringify(filter)).toEqual(expected.map(nameOf));
      expect(pages.slice(0, -1).every((page) => page.length === 4)).toBe(true);
    }
  });

  it('lists a task once and in its latest state after it changed', async () => {
    const store = await freshStore(harness);
    const task = sampleTask('a', 't-1', { status: 'pending' });
    await putTasks(store, [task]);
    expect((await store.listTasks({ status: 'pending' }, { limit: 5 })).items).toHaveLength(1);
    await putTasks(store, [{ ...task, status: 'completed', cost: 3n }]);
    expect((await store.listTasks({ status: 'pending' }, { limit: 5 })).items).toEqual([]);
    const { items } = await store.listTasks({}, { limit: 5 });
    expect(items).toEqual([{ ...task, status: 'completed', cost: 3n }]);
  });

  it('goes on at its place in a list of tasks while new ones come', async () => {
    const store = await freshStore(harness);
    await putTasks(
      store,
      Array.from({ length: 4 }, (_, index) => sampleTask('a', `t-${index}`, { createdAtMs: index })),
    );
    const first = await store.listTasks({ accountId: 'a' }, { limit: 2 });
    await putTasks(store, [sampleTask('a', 't-9', { createdAtMs: 9 })]);
    const second = await store.listTasks({ accountId: 'a' }, { limit: 2, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...second.items].map((task) => task.id)).toEqual(['t-3', 't-2', 't-1', 't-0']);
  });
}

function variedTask(index: number): TaskRecord {
  const agentId = index % 3 === 0 ? {} : { agentId: `writer-${index % 3}` };
  const memberId = index % 4 === 0 ? { memberId: 'ann' } : index % 4 === 1 ? { memberId: 'bob' } : {};
  // Ids repeat between accounts, and several tasks are made in the same millisecond.
  return sampleTask(index % 2 === 0 ? 'a' : 'b', `t-${Math.floor(index / 2)}`, {
    status: statuses[index % 5] ?? 'pending',
    dimensions: { ...agentId, ...memberId },
    createdAtMs: Math.floor(index / 2) - (index % 7),
  });
}

async function putTasks(store: Store, tasks: readonly TaskRecord[]): Promise<void> {
  await store.write({ accountIds: ['a', 'b'] }, () => ({
    writes: { accounts: [sampleAccount('a'), sampleAccount('b')], tasks },
    result: undefined,
  }));
}

function fits(task: TaskRecord, filter: TaskFilter): boolean {
  return (
    (filter.accountId === undefined || task.accountId === filter.accountId) &&
    (filter.status === undefined || task.status === filter.status) &&
    (filter.agentId === undefined || task.dimensions.agentId === filter.agentId) &&
    (filter.memberId === undefined || task.dimensions.memberId === filter.memberId) &&
    (filter.fromMs === undefined || task.createdAtMs >= filter.fromMs) &&
    (filter.toMs === undefined || task.createdAtMs < filter.toMs)
  );
}

function newestFirst(a: TaskRecord, b: TaskRecord): number {
  return (
    b.createdAtMs - a.createdAtMs ||
    (a.id === b.id ? 0 : a.id < b.id ? 1 : -1) ||
    (a.accountId < b.accountId ? 1 : -1)
  );
}

function nameOf(task: TaskRecord): string {
  return `${task.createdAtMs} ${task.id} ${task.accountId}`;
}
