import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Pool } from 'pg';
import { measuredSlices, pageInSlices } from '../../parts/page-of.ts';
import type { SliceSize } from '../../parts/slice-budget.ts';
import type { PageRequest, StorePage } from '../../store.ts';
import { StoreUnavailableError } from '../../store-errors.ts';
import type { ChangeChannel } from '../changes/change-channel.ts';
import type { StandbyWatch } from '../changes/standby-watch.ts';
import { allSettledOrThrow } from '../commit/all-settled.ts';
import type { CommitLine } from '../commit/commit-line.ts';
import { failed } from './postgres-error.ts';

/** The connections of one process, until they are closed. */
export class OpenConnections {
  readonly pool: Pool;
  readonly line: CommitLine;
  readonly channel: ChangeChannel | StandbyWatch;
  #isClosed = false;

  constructor(pool: Pool, line: CommitLine, channel: ChangeChannel | StandbyWatch) {
    this.pool = pool;
    this.line = line;
    this.channel = channel;
  }

  /** One read or write, whose failure is told as the store's. */
  readonly read = async <Value>(action: () => Promise<Value>): Promise<Value> => {
    this.assertOpen();
    try {
      return await action();
    } catch (error) {
      throw failed(error);
    }
  };

  /** A page that is read and decoded a slice at a time. @param action Notes by the size how long decoding took. */
  readonly list = <Item>(
    page: PageRequest,
    action: (slice: PageRequest, size: SliceSize) => Promise<StorePage<Item>>,
    readAtOnce?: number,
  ): Promise<StorePage<Item>> => {
    const size = measuredSlices(readAtOnce);
    return pageInSlices(page, { nextTurn, size }, (slice) => this.read(() => action(slice, size)));
  };

  /** @throws StoreUnavailableError after they were closed. */
  assertOpen(): void {
    if (this.#isClosed) throw new StoreUnavailableError('The store is closed.');
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await allSettledOrThrow([this.channel.close(), this.line.close(), this.pool.end()]);
  }
}
