/**
 * Where the app counts what it does. It is handed in, so that the app needs no library for it: `usagekit serve` counts for
 * Prometheus. Labels are names of the program's own and never ids, so that there are as many series as there are names.
 */
export interface Metrics {
  /** One answered request, by its route and not by its address. Seconds from its arrival to its answer. */
  request(method: string, route: string, status: number, seconds: number): void;
  /** A use that a gate refused. */
  refusal(reason: string): void;
  /** An answer that was kept and given again. */
  replay(): void;
  /** One transaction of so many commands. */
  commit(commands: number, seconds: number, outcome: 'committed' | 'failed'): void;
  /** A turn of what is done now and then. */
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

/** What stands at this moment, for gauges. */
export interface AppStatus {
  readonly commandsWaiting: number;
  readonly streamsOpen: number;
  readonly setAside: number;
  /** For how long what fell due first has waited; 0 where nothing waits. */
  readonly dueLagSeconds: number;
  /** The store's own, by name. */
  readonly store: Readonly<Record<string, number>>;
}
