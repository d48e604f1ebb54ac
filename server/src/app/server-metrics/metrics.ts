/**
 * The app's counters. They are injected, so that the app needs no metrics library: `usagekit serve` counts for Prometheus. Label
 * values are the program's own names and never ids, so the number of series is bounded.
 */
export interface Metrics {
  /**
   * One answered request, by its route and not by its address. Seconds from its arrival to its answer. The status is `neutral` where
   * a public visitor was answered: with 503, though nothing failed.
   */
  request(method: string, route: string, status: number | 'neutral', seconds: number): void;
  /** A use that a gate refused. */
  refusal(reason: string): void;
  /** An answer that was kept and given again. */
  replay(): void;
  /** One transaction of so many commands. */
  commit(commands: number, seconds: number, outcome: 'committed' | 'failed'): void;
  /** A run of a periodic job. */
  tick(seconds: number): void;
  /** An account whose due was committed although nobody asked. */
  due(): void;
  /** Credentials that were refused. */
  failedAttempt(): void;
  /** A use that was recorded without a price. */
  unpriced(kind: 'model' | 'tool' | 'storage'): void;
  /** Uses that got their price later. */
  pricedLate(count: number): void;
  /** An attempt to send a notice to one recipient. */
  notice(outcome: 'delivered' | 'failed' | 'dropped'): void;
}

export const noMetrics: Metrics = {
  request() {},
  refusal() {},
  replay() {},
  commit() {},
  tick() {},
  due() {},
  failedAttempt() {},
  unpriced() {},
  pricedLate() {},
  notice() {},
};

/** Present values, for gauges. */
export interface AppStatus {
  /** Commands that wait for their commit. */
  readonly commandsWaiting: number;
  /** Streams and sockets that are open. */
  readonly streamsOpen: number;
  /** Stored rows that could not be applied and were set aside. */
  readonly setAside: number;
  /** Stored rows that lists left out since the start, since they cannot be read. */
  readonly unreadable: number;
  /** For how long what fell due first has waited; 0 where nothing waits. */
  readonly dueLagSeconds: number;
  /** The store's own, by name. */
  readonly store: Readonly<Record<string, number>>;
}
