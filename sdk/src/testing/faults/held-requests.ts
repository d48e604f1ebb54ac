import { assertOptions } from '../mock/accepted.ts';
import { matchesRequest, type RecordedRequest, type RequestFilter } from '../requests/request-log.ts';

/** Requests that wait until a test lets them go, so that it decides which one comes first. */
export interface Hold {
  /** How many wait now. */
  readonly waiting: number;
  /** Settles when so many have come and wait. */
  arrived(count?: number): Promise<void>;
  /** Releases the oldest requests; without a number all of them, and later ones too. */
  release(count?: number): void;
}

/** At what point a request is held. */
export interface HoldOptions {
  /**
   * Where they wait: before the server sees them (`request`), or with the answer made (`answer`), as when an answer is overtaken
   * by a later one.
   * @default 'request'
   */
  at?: 'request' | 'answer';
}

/** The holds of one mock. */
export interface HeldRequests {
  hold(filter: RequestFilter, options?: HoldOptions): Hold;
  /** Waits while a hold on it stands; rejects with the signal's reason when the request is given up. */
  pass(at: 'request' | 'answer', request: RecordedRequest, signal: AbortSignal): Promise<void>;
  releaseAll(): void;
}

interface Waiter {
  go(): void;
}

export function createHeldRequests(): HeldRequests {
  interface Standing {
    filter: RequestFilter;
    at: 'request' | 'answer';
    waiters: Waiter[];
    onArrival: Set<() => void>;
    release(count?: number): void;
  }
  const standing = new Set<Standing>();

  return {
    hold(filter, options = {}) {
      assertOptions('hold', options, ['at']);
      const { at = 'request' } = options;
      if (at !== 'request' && at !== 'answer') {
        throw new RangeError(`A hold at '${at}' is none; accepted are request, answer.`);
      }
      const hold: Standing = {
        filter,
        at,
        waiters: [],
        onArrival: new Set(),
        release(count = Number.POSITIVE_INFINITY) {
          if (count === Number.POSITIVE_INFINITY) standing.delete(hold);
          for (const waiter of hold.waiters.splice(0, count)) waiter.go();
        },
      };
      standing.add(hold);
      return {
        get waiting() {
          return hold.waiters.length;
        },
        arrived: (count = 1) =>
          new Promise((resolve) => {
            const look = () => {
              if (hold.waiters.length < count) return;
              hold.onArrival.delete(look);
              resolve();
            };
            hold.onArrival.add(look);
            look();
          }),
        release: hold.release,
      };
    },
    async pass(at, request, signal) {
      for (const hold of [...standing]) {
        if (hold.at !== at || !matchesRequest(hold.filter, request)) continue;
        await new Promise<void>((resolve, reject) => {
          const waiter: Waiter = { go: resolve };
          hold.waiters.push(waiter);
          const giveUp = () => {
            const index = hold.waiters.indexOf(waiter);
            if (index >= 0) hold.waiters.splice(index, 1);
            reject(signal.reason);
          };
          signal.addEventListener('abort', giveUp, { once: true });
          for (const look of [...hold.onArrival]) look();
        });
      }
    },
    releaseAll() {
      for (const hold of [...standing]) hold.release();
    },
  };
}
