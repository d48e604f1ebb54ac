import { type Page, paths, type Task } from '@usagekit/server/contract';
import type { Store } from '../../../server/src/store/store.ts';
import { alternate } from '../alternate.ts';
import type { Measurement } from '../bench.ts';
import { BenchApp } from '../support/bench-app.ts';

const few = 100;
const many = 100_000;
const agents = 5;
const pageSize = 50;
const nowMs = Date.UTC(2026, 10, 20);

/** Pages of a list of many tasks against pages of a list of few, as a table turns them and filters them. */
export async function measureTaskList(
  openStore: (name: 'large' | 'small') => Promise<Store>,
): Promise<Measurement> {
  const large = await appWith(await openStore('large'), many);
  const small = await appWith(await openStore('small'), few);
  const { ratio, ours, theirs } = await alternate(
    9,
    () => pagesASecond(large),
    () => pagesASecond(small),
  );
  await Promise.all([large.close(), small.close()]);
  return { ratio, figures: { 'pages a second of 100,000 tasks': ours, 'pages a second of 100': theirs } };
}

/** Every agent has tasks that wait and tasks that were cancelled, among those of the others. */
async function appWith(store: Store, tasks: number): Promise<BenchApp> {
  const app = new BenchApp(store, nowMs);
  await app.send('PUT', paths.account('acme'), {});
  let next = 0;
  const create = async (): Promise<void> => {
    while (next < tasks) {
      const index = next++;
      const agentId = `agent-${index % agents}`;
      const { id } = (await app.send('POST', paths.tasks, {
        accountId: 'acme',
        name: 'Research',
        agentId,
      })) as Task;
      if (index % 3 === 0)
        await app.send('PATCH', paths.task(id), { accountId: 'acme', status: 'cancelled' });
    }
  };
  await Promise.all(Array.from({ length: 64 }, create));
  return app;
}

async function pagesASecond(app: BenchApp): Promise<number> {
  const rounds = 25;
  const startedAt = performance.now();
  for (let round = 0; round < rounds; round++) {
    const first = await readPage(app, pageSize, {});
    await readPage(app, pageSize, { cursor: first.nextCursor ?? '' });
    // As many as the smaller list has of this kind.
    await readPage(app, 5, { agentId: `agent-${round % agents}`, status: 'cancelled' });
    await readPage(app, 10, { status: 'pending' });
  }
  return (rounds * 4 * 1_000) / (performance.now() - startedAt);
}

async function readPage(app: BenchApp, limit: number, filter: Record<string, string>): Promise<Page<Task>> {
  const query = new URLSearchParams({ accountId: 'acme', limit: String(limit), ...filter });
  const page = (await app.send('GET', `${paths.tasks}?${query}`)) as Page<Task>;
  if (page.items.length !== limit)
    throw new Error(`A page holds ${page.items.length} tasks instead of ${limit}`);
  return page;
}
