/** What one consume costs, as measured on one machine. */
export interface Costs {
  /** Processor time of a server for one consume, on its one deciding thread. */
  readonly serverMs: number;
  /** Processor time of the database for one consume. */
  readonly databaseMs: number;
  /** How long the database's log takes to reach the disk. Whoever waits when a flush begins shares it. */
  readonly flushMs: number;
  /** There and back between a server and its database. */
  readonly roundTripMs: number;
}

/** Accounts are parted over the databases; each has as many of the servers, to which a router leads by the account. */
export interface Fleet {
  readonly servers: number;
  readonly databases: number;
  /** Processors of each database. */
  readonly databaseCores: number;
}

export interface Load {
  readonly consumesPerSecond: number;
  readonly seconds: number;
  readonly seed: number;
}

export interface FleetFigures {
  readonly answeredPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Mean consumes of a batch. */
  readonly batch: number;
  /** Shares of their time in which they work. */
  readonly serverBusy: number;
  readonly databaseBusy: number;
}

/** As the store is: two batches of a server under way, so many consumes in one at most, three exchanges for each. */
const batchesUnderWayMax = 2;
const batchMax = 250;
const exchanges = 3;

interface Server {
  readonly database: Database;
  readonly waiting: number[];
  underWay: number;
  isDeciding: boolean;
  busyMs: number;
}

interface Database {
  /** When each processor is free again. */
  readonly freeAt: number[];
  busyMs: number;
  flushing: boolean;
  flushed: (() => void)[];
}

/**
 * Runs a fleet under a load, event by event: consumes arrive at their servers by chance, are gathered into batches while others are
 * under way, decided one after another, written by the database's processors, and answered once the log is on the disk. The same
 * seed gives the same figures.
 */
export function simulateFleet(costs: Costs, fleet: Fleet, load: Load): FleetFigures {
  const random = randomOf(load.seed);
  const queue = new EventQueue();
  const databases = Array.from({ length: fleet.databases }, (): Database => {
    return { freeAt: Array(fleet.databaseCores).fill(0), busyMs: 0, flushing: false, flushed: [] };
  });
  const servers = Array.from({ length: fleet.servers }, (_, index): Server => {
    const database = databases[index % fleet.databases] as Database;
    return { database, waiting: [], underWay: 0, isDeciding: false, busyMs: 0 };
  });
  const endMs = load.seconds * 1_000;
  const latencies: number[] = [];
  let batches = 0;

  function begin(server: Server): void {
    if (server.isDeciding || server.underWay >= batchesUnderWayMax || server.waiting.length === 0) return;
    const arrivals = server.waiting.splice(0, batchMax);
    batches += 1;
    server.underWay += 1;
    server.isDeciding = true;
    const decideMs = costs.serverMs * arrivals.length;
    server.busyMs += decideMs;
    queue.add(queue.nowMs + decideMs, () => {
      server.isDeciding = false;
      queue.add(queue.nowMs + costs.roundTripMs * exchanges, () => write(server, arrivals));
      begin(server);
    });
  }

  function write(server: Server, arrivals: number[]): void {
    const { database } = server;
    const core = database.freeAt.indexOf(Math.min(...database.freeAt));
    const startMs = Math.max(queue.nowMs, database.freeAt[core] ?? 0);
    const writeMs = costs.databaseMs * arrivals.length;
    database.freeAt[core] = startMs + writeMs;
    database.busyMs += writeMs;
    queue.add(startMs + writeMs, () => {
      database.flushed.push(() => answer(server, arrivals));
      flush(database);
    });
  }

  function flush(database: Database): void {
    if (database.flushing || database.flushed.length === 0) return;
    const taken = database.flushed;
    database.flushed = [];
    database.flushing = true;
    queue.add(queue.nowMs + costs.flushMs, () => {
      database.flushing = false;
      for (const done of taken) done();
      flush(database);
    });
  }

  function answer(server: Server, arrivals: number[]): void {
    server.underWay -= 1;
    if (queue.nowMs <= endMs) for (const at of arrivals) latencies.push(queue.nowMs - at);
    begin(server);
  }

  const meanGapMs = 1_000 / load.consumesPerSecond;
  function arrive(): void {
    const server = servers[Math.floor(random() * servers.length)] as Server;
    server.waiting.push(queue.nowMs);
    begin(server);
    queue.add(queue.nowMs - Math.log(1 - random()) * meanGapMs, arrive);
  }
  queue.add(0, arrive);
  queue.runUntil(endMs);

  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
  const busy = (of: readonly { busyMs: number }[], each: number) =>
    of.reduce((sum, { busyMs }) => sum + busyMs, 0) / (of.length * each * endMs);
  return {
    answeredPerSecond: latencies.length / load.seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    batch: latencies.length / batches,
    serverBusy: busy(servers, 1),
    databaseBusy: busy(databases, fleet.databaseCores),
  };
}

/** Events by their time, the earliest first; those of one time in the order in which they were added. */
class EventQueue {
  nowMs = 0;
  #added = 0;
  readonly #heap: { atMs: number; order: number; run: () => void }[] = [];

  add(atMs: number, run: () => void): void {
    const heap = this.#heap;
    let index = heap.push({ atMs, order: this.#added++, run }) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#isBefore(index, parent)) break;
      this.#swap(index, parent);
      index = parent;
    }
  }

  runUntil(endMs: number): void {
    for (let first = this.#heap[0]; first !== undefined && first.atMs <= endMs; first = this.#heap[0]) {
      this.#removeFirst();
      this.nowMs = first.atMs;
      first.run();
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    for (let index = 0; ; ) {
      let least = index;
      for (const child of [2 * index + 1, 2 * index + 2])
        if (child < heap.length && this.#isBefore(child, least)) least = child;
      if (least === index) return;
      this.#swap(index, least);
      index = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return false;
    return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}

/** Numbers from 0 to 1 that a seed determines: a Lehmer generator. */
function randomOf(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
