import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '../../store.ts';

/** After so long it is tried again to open a file that could not be opened. */
const reopenDelayMs = 1_000;

/** A store on a file that was opened once. */
export interface OpenedStore {
  readonly store: Store;
  /** Resolves once everything that can be read is on the disk. @throws where the disk does not take it. */
  proved(): Promise<void>;
}

/** Why a file is opened again. */
export interface Loss {
  /** Whether a flush failed, so that the system may have dropped what it had taken. */
  readonly isFlush: boolean;
}

export interface ReopenedStoreOptions {
  /**
   * Opens the file. `lost` is called once nothing that was decided since can be answered, with the loss after which it is opened next.
   * @param after The loss before, if any.
   */
  open(lost: (loss: Loss) => void, after: Loss | undefined): OpenedStore;
  /** Hears that it was opened again, after which everybody has to read again. */
  readonly reopened: () => void;
}

/**
 * A store that opens its file again where a commit was lost: what was decided since stands on a row that may not be there, and the file
 * says what is. While it does so nothing is answered.
 */
export function reopenedStore({ open, reopened }: ReopenedStoreOptions): Store {
  const closing = new AbortController();
  let reopening: Promise<void> | undefined;
  let current = open((loss) => {
    reopening = openAgain(loss);
  }, undefined);

  async function openAgain(loss: Loss): Promise<void> {
    // Those who wait for the lost commit are told first.
    await delay(0);
    await current.store.close().catch(() => undefined);
    let after = loss;
    while (!closing.signal.aborted) {
      let isCurrent = false;
      let next: OpenedStore | undefined;
      try {
        next = open((again) => {
          if (isCurrent) reopening = openAgain(again);
          else after = again;
        }, after);
        await next.proved();
        isCurrent = true;
        current = next;
        reopened();
        return;
      } catch {
        await next?.store.close().catch(() => undefined);
        // As long as the disk is full or gone; `readyz` tells of it meanwhile.
        await delay(reopenDelayMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined);
      }
    }
  }

  const own: Partial<Store> = {
    async close() {
      closing.abort();
      await reopening;
      await current.store.close();
    },
  };
  // Every method, of whichever store is the present one.
  const methods = Object.entries(current.store).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'function'
      ? (...given: unknown[]) => (current.store as unknown as Methods)[name]?.(...given)
      : value,
  ]);
  return { ...(Object.fromEntries(methods) as Store), ...own };
}

type Methods = Record<string, (...given: unknown[]) => unknown>;
