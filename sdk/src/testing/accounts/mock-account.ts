import type {
  CatalogConfig,
  ConsumeAnswer,
  Credits,
  Dimensions,
  GrantRequest,
  Item,
  Task,
} from '@usagekit/server/contract';
import { fromMillionths, toMillionths } from '../../derive/decimal.ts';
import type { Span } from '../clock/mock-clock.ts';
import type { HostBackend } from '../engine/host-backend.ts';
import { itemsWorth } from '../scenarios/catalog-shape.ts';

/** Short ways to do to one account what its host's backend would do. Each is a call of the public API. */
export interface MockAccount {
  /** Id of the account. */
  readonly id: string;
  /** Uses so much of a metric, or the items that are given. Rejects with a `HostBackendError` when it is refused. */
  consume(
    metricOrItems: string | Item[],
    quantity?: number | string,
    dimensions?: Dimensions,
  ): Promise<ConsumeAnswer>;
  /** Spends so many credits at once, by what the catalog prices; rejects where its prices do not come to that. */
  spend(credits: number, dimensions?: Dimensions): Promise<ConsumeAnswer>;
  /**
   * Spends until exactly so many are left; nothing where there are fewer. What the catalog's prices cannot come to is taken off by a
   * correction.
   */
  spendDownTo(credits: number | string, dimensions?: Dimensions): Promise<void>;
  /** Gives credits, as a host does. */
  grant(credits: number | string, request?: Omit<GrantRequest, 'amount'>): Promise<void>;
  /** Sets a gauge. */
  setGauge(metric: string, quantity: number | string): Promise<void>;
  /** The balance, as the host reads it. */
  credits(): Promise<Credits>;
  /** Runs a task from its start to its end. */
  runTask(name: string, run: TaskRun): Promise<Task>;
}

/** A task of the mock, from its begin to its end. */
export interface TaskRun extends Omit<Dimensions, 'taskId'> {
  /** What it uses; nothing by default. */
  items?: Item[];
  /** What it is expected to use, which is held while it runs. */
  estimate?: Item[];
  /** `completed` by default; `pending` and `in_progress` leave it so. */
  status?: Task['status'];
  /** What it made, in words. */
  result?: string;
  /** Why it failed, in words. */
  error?: string;
  /**
   * How long it runs; the mock's clock advances by it.
   * @default no time
   */
  takes?: Span;
}

export interface MockAccountOptions {
  backend: HostBackend;
  catalog: CatalogConfig;
  newId(): string;
  /** Lets the mock's time pass. */
  wait(span: Span): Promise<void>;
  /** Runs what changes figures, so that what shows them has followed when it settles. */
  change<Result>(run: () => Promise<Result>): Promise<Result>;
}

export function createMockAccount(
  id: string,
  { backend, catalog, newId, wait, change }: MockAccountOptions,
): MockAccount {
  const consumeItems = (items: Item[], dimensions?: Dimensions) =>
    backend.consume({ accountId: id, items, ...dimensions });

  async function spendDownTo(credits: number | string, dimensions?: Dimensions): Promise<void> {
    const { available } = await backend.credits(id);
    const spare = toMillionths(available) - toMillionths(String(credits));
    if (spare <= 0n) return;
    const { requests, rest } = itemsWorth(catalog, spare);
    for (const items of requests) await consumeItems(items, dimensions);
    if (rest > 0n) {
      await backend.adjust(id, { amount: fromMillionths(-rest), reason: 'Correction of an earlier charge' });
    }
  }

  async function runTask(
    name: string,
    { items, estimate, status = 'completed', result, error, takes, ...dimensions }: TaskRun,
  ): Promise<Task> {
    const task = await backend.startTask({
      accountId: id,
      name,
      ...dimensions,
      status: status === 'pending' ? 'pending' : 'in_progress',
      ...(estimate && { estimate }),
    });
    const ended = status !== 'pending' && status !== 'in_progress';
    if (takes !== undefined) await wait(takes);
    if (!ended && !items) return task;
    return backend.changeTask(task.id, {
      accountId: id,
      ...(ended && { status }),
      ...(items && { items }),
      ...(result !== undefined && { result }),
      ...(error !== undefined && { error }),
    });
  }

  return {
    id,
    consume: (metricOrItems, quantity = 1, dimensions) =>
      change(() =>
        typeof metricOrItems === 'string'
          ? consumeItems([{ metric: metricOrItems, quantity: String(quantity) }], dimensions)
          : consumeItems(metricOrItems, dimensions),
      ),
    spend: (credits, dimensions) =>
      change(async () => {
        const { requests, rest } = itemsWorth(catalog, toMillionths(String(credits)));
        const [items] = requests;
        if (items === undefined || requests.length > 1 || rest > 0n) {
          throw new RangeError(
            `No prices of the catalog come to ${credits} credits in one use; accepted is an amount that they come to, or spendDownTo().`,
          );
        }
        return consumeItems(items, dimensions);
      }),
    spendDownTo: (credits, dimensions) => change(() => spendDownTo(credits, dimensions)),
    grant: (credits, request) =>
      change(async () => {
        await backend.grant(id, { ...request, amount: String(credits) });
      }),
    setGauge: (metric, quantity) =>
      change(async () => {
        const items = [{ metric, quantity: String(quantity), op: 'set' as const }];
        await backend.report([{ id: newId(), accountId: id, items }]);
      }),
    credits: () => backend.credits(id),
    runTask: (name, run) => change(() => runTask(name, run)),
  };
}
