import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AppStatus, Metrics } from '../../app/create-app.ts';
import { routes } from '../../app/routes/routes.ts';
import { errors, refusals as refusalReasons } from '../../contract/http/errors.ts';

/** Seconds, from well below a commit to the time at which callers give up. */
const secondsBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** Statuses of a request that failed for no fault of its caller. */
const failedStatuses = new Set(Object.values(errors).flatMap(({ status }) => (status >= 500 ? status : [])));
const commandsBuckets = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** The gauges' values. */
export interface WatchedStatus extends AppStatus {
  /** How far the machine's clock is doubted; 0 where it is believed. */
  readonly clockJumpSeconds: number;
}

type CountedStatus = Parameters<Metrics['request']>[2];

/** The requests of one route, method and status. */
interface CountedRequests {
  readonly labels: { readonly method: string; readonly route: string; readonly status: string };
  count: number;
  readonly seconds: Histogram.Internal<string>;
}

/** The server's metrics for Prometheus. */
export interface PrometheusMetrics extends Metrics {
  /** From now on the gauges tell what the app says of itself. */
  watch(status: () => WatchedStatus): void;
  /** In Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
}

/** Counts for one server. Each has a registry of its own, so that several in one process do not add up. */
export function createPrometheusMetrics(): PrometheusMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'usagekit_' });
  /** Every route, method and status that was counted. */
  const counted: CountedRequests[] = [];
  new Counter({
    name: 'usagekit_requests_total',
    help: 'Requests answered.',
    labelNames: ['method', 'route', 'status'],
    registers,
    // They are counted here, and told when somebody asks: the library would make a text of the labels at every request.
    collect() {
      this.reset();
      for (const { labels, count } of counted) this.inc(labels, count);
    },
  });
  const requestSeconds = new Histogram({
    name: 'usagekit_request_seconds',
    help: 'From the arrival of a request to its answer.',
    labelNames: ['method', 'route'],
    buckets: secondsBuckets,
    registers,
  });
  const refusals = new Counter({
    name: 'usagekit_refusals_total',
    help: 'Uses that a gate refused.',
    labelNames: ['reason'],
    registers,
  });
  const replays = new Counter({
    name: 'usagekit_replays_total',
    help: 'Answers that were kept and given again.',
    registers,
  });
  const failedAttempts = new Counter({
    name: 'usagekit_failed_attempts_total',
    help: 'Requests with credentials that were refused.',
    registers,
  });
  const commits = new Counter({
    name: 'usagekit_commits_total',
    help: 'Transactions that were committed, and that failed.',
    labelNames: ['outcome'],
    registers,
  });
  const commitSeconds = new Histogram({
    name: 'usagekit_commit_seconds',
    help: 'How long a transaction took.',
    buckets: secondsBuckets,
    registers,
  });
  const commitCommands = new Histogram({
    name: 'usagekit_commit_commands',
    help: 'Commands that shared a transaction.',
    buckets: commandsBuckets,
    registers,
  });
  const tickSeconds = new Histogram({
    name: 'usagekit_tick_seconds',
    help: 'How long it took to do what is done now and then.',
    buckets: secondsBuckets,
    registers,
  });
  const due = new Counter({
    name: 'usagekit_due_accounts_total',
    help: 'Accounts whose due was committed although nobody asked.',
    registers,
  });

  const unpriced = new Counter({
    name: 'usagekit_unpriced_uses_total',
    help: 'Uses that were counted and have no price yet: the catalog does not have the model, tool or storage kind, or no rate for it.',
    labelNames: ['kind'],
    registers,
  });
  const pricedLate = new Counter({
    name: 'usagekit_priced_late_uses_total',
    help: 'Uses that got their price after they were recorded.',
    registers,
  });
  const notices = new Counter({
    name: 'usagekit_notices_total',
    help: 'Attempts to send a notice to one recipient, by what became of them.',
    labelNames: ['outcome'],
    registers,
  });

  // A counter that first appears at 1 has not grown by anything that Prometheus can see, and its alert would miss the first.
  for (const reason of Object.keys(refusalReasons)) refusals.inc({ reason }, 0);
  for (const outcome of ['committed', 'failed'] as const) commits.inc({ outcome }, 0);
  for (const kind of ['model', 'tool', 'storage'] as const) unpriced.inc({ kind }, 0);
  for (const outcome of ['delivered', 'failed', 'dropped'] as const) notices.inc({ outcome }, 0);

  const byRequest = new Map<string, Map<string, Map<CountedStatus, CountedRequests>>>();
  const countedOf = (method: string, route: string, status: CountedStatus): CountedRequests => {
    const byMethod = byRequest.get(route) ?? new Map<string, Map<CountedStatus, CountedRequests>>();
    const byStatus = byMethod.get(method) ?? new Map<CountedStatus, CountedRequests>();
    const found = byStatus.get(status);
    if (found !== undefined) return found;
    const fresh = {
      labels: { method, route, status: String(status) },
      count: 0,
      seconds: requestSeconds.labels(method, route),
    };
    counted.push(fresh);
    byRequest.set(route, byMethod.set(method, byStatus.set(status, fresh)));
    return fresh;
  };

  for (const { method, path } of routes) for (const status of failedStatuses) countedOf(method, path, status);

  return {
    contentType: registry.contentType,
    request(method, route, status, seconds) {
      const requests = countedOf(method, route, status);
      requests.count += 1;
      requests.seconds.observe(seconds);
    },
    refusal: (reason) => refusals.inc({ reason }),
    replay: () => replays.inc(),
    failedAttempt: () => failedAttempts.inc(),
    commit(commands, seconds, outcome) {
      commits.inc({ outcome });
      commitSeconds.observe(seconds);
      commitCommands.observe(commands);
    },
    tick: (seconds) => tickSeconds.observe(seconds),
    due: () => due.inc(),
    unpriced: (kind) => unpriced.inc({ kind }),
    pricedLate: (count) => pricedLate.inc(count),
    notice: (outcome) => notices.inc({ outcome }),
    watch(status) {
      gauge(
        registry,
        'commands_waiting',
        'Commands accepted and not yet answered.',
        () => status().commandsWaiting,
      );
      gauge(registry, 'streams_open', 'Streams and sockets that are open.', () => status().streamsOpen);
      gauge(
        registry,
        'set_aside',
        'Things acknowledged that could not be applied; look at each.',
        () => status().setAside,
      );
      gauge(
        registry,
        'unreadable_rows',
        'Stored rows met since the start that cannot be read, so that lists leave them out; look at each.',
        () => status().unreadable,
      );
      gauge(
        registry,
        'due_lag_seconds',
        'For how long what fell due first has waited; 0 where nothing waits.',
        () => status().dueLagSeconds,
      );
      gauge(
        registry,
        'clock_jump_seconds',
        "How far the machine's clock is doubted; 0 where it is believed.",
        () => status().clockJumpSeconds,
      );
      for (const name of Object.keys(status().store)) {
        const help = `Of the store: ${name.replaceAll('_', ' ')}.`;
        const value = () => status().store[name] ?? 0;
        if (name.endsWith('_total')) counter(registry, `store_${name}`, help, value);
        else gauge(registry, `store_${name}`, help, value);
      }
    },
    text: () => registry.metrics(),
  };
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  new Gauge({
    name: `usagekit_${name}`,
    help,
    registers: [registry],
    collect() {
      this.set(value());
    },
  });
}

/** Metrics whose values are counted elsewhere. */
function counter(registry: Registry, name: string, help: string, value: () => number): void {
  new Counter({
    name: `usagekit_${name}`,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(value());
    },
  });
}
