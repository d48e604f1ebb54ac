import type { ConsumeAnswer, Credits, Dimensions, GrantRequest, Item, Task } from '@usagekit/server/contract';
import { fromMillionths, toMillionths } from '../derive/decimal.ts';
import type { HostBackend } from './host-backend.ts';

/** Short ways to do to one account what its host's backend would do. Each is a call of the public API. */
export interface MockAccount {
  readonly id: string;
  /** Uses so much of a metric, or the items that are given. Rejects with a `HostBackendError` when it is refused. */
  consume(
    metricOrItems: string | Item[],
    quantity?: number | string,
    dimensions?: Dimensions,
  ): Promise<ConsumeAnswer>;
  /** Spends whole credits, with the tool `work` of the default catalog. */
  spend(credits: number, dimensions?: Dimensions): Promise<ConsumeAnswer>;
  /** Spends until exactly so many are left; nothing where there are fewer. Needs the default catalog. */
  spendDownTo(credits: number): Promise<void>;
  grant(credits: number | string, request?: Omit<GrantRequest, 'amount'>): Promise<void>;
  /** Sets a gauge. */
  setGauge(metric: string, quantity: number | string): Promise<void>;
  credits(): Promise<Credits>;
  /** Runs a task from its start to its end. */
  runTask(name: string, run: TaskRun): Promise<Task>;
}

export interface TaskRun extends Omit<Dimensions, 'taskId'> {
  items?: Item[];
  estimate?: Item[];
  /** `completed` by default; `pending` and `in_progress` leave it so. */
  status?: Task['status'];
  result?: string;
  error?: string;
}

const wholeCredit = 1_000_000n;

export function createMockAccount(id: string, backend: HostBackend, newId: () => string): MockAccount {
  const consumeItems = (items: Item[], dimensions?: Dimensions) =>
    backend.consume({ accountId: id, items, ...dimensions });

  const account: MockAccount = {
    id,
    consume: (metricOrItems, quantity = 1, dimensions) =>
      typeof metricOrItems === 'string'
        ? consumeItems([{ metric: metricOrItems, quantity: String(quantity) }], dimensions)
        : consumeItems(metricOrItems, dimensions),
    spend: (credits, dimensions) => consumeItems([{ tool: 'work', calls: credits }], dimensions),
    async spendDownTo(credits) {
      const { available } = await backend.credits(id);
      const spare = toMillionths(available) - toMillionths(String(credits));
      if (spare <= 0n) return;
      const whole = spare / wholeCredit;
      const rest = spare % wholeCredit;
      await consumeItems([
        ...(whole > 0n ? [{ tool: 'work', calls: Number(whole) }] : []),
        // A quarter of a credit a unit, so that every fraction can be spent.
        ...(rest > 0n ? [{ storage: 'knowledge_base', quantity: fromMillionths(rest * 4n) }] : []),
      ]);
    },
    async grant(credits, request) {
      await backend.grant(id, { ...request, amount: String(credits) });
    },
    async setGauge(metric, quantity) {
      const items = [{ metric, quantity: String(quantity), op: 'set' as const }];
      await backend.report([{ id: newId(), accountId: id, items }]);
    },
    credits: () => backend.credits(id),
    async runTask(name, { items, estimate, status = 'completed', result, error, ...dimensions }) {
      const task = await backend.startTask({
        accountId: id,
        name,
        ...dimensions,
        status: status === 'pending' ? 'pending' : 'in_progress',
        ...(estimate && { estimate }),
      });
      const ended = status !== 'pending' && status !== 'in_progress';
      if (!ended && !items) return task;
      return backend.changeTask(task.id, {
        accountId: id,
        ...(ended && { status }),
        ...(items && { items }),
        ...(result !== undefined && { result }),
        ...(error !== undefined && { error }),
      });
    },
  };
  return account;
}
