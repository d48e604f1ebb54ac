import { paths, type UsageEvent } from '@usagekit/server/contract';
import type { Store } from '../../../server/src/store/store.ts';
import { alternate } from '../alternate.ts';
import type { Measurement } from '../bench.ts';
import { nowMs } from '../engine/engine.ts';
import { BenchApp } from '../support/bench-app.ts';

const eventsPerBatch = 1_000;
const batchesPerRound = 20;
const agents = ['writer', 'researcher', 'reviewer'];

/** Each event as the rows that it has in the end, its record and its id, in tables like those of the store. */
export interface BareRows {
  /** One durable transaction. */
  insert(events: readonly BareEvent[]): Promise<void>;
  close(): Promise<void>;
}

export interface BareEvent {
  readonly accountId: string;
  readonly atMs: number;
  readonly id: string;
  readonly body: string;
}

/** A content hash like any other: 32 hex digits. */
export const bareContentHash = '0'.repeat(32);

/** Events through the app, in requests of 1,000, against bare inserts of as many rows. Closes both. */
export async function measureIngest(store: Store, bare: BareRows): Promise<Measurement> {
  const app = new BenchApp(store, nowMs);
  await app.send('PUT', paths.account('acme'), {});
  let batch = 0;
  const ingest = async () => {
    const startedAt = performance.now();
    for (let round = 0; round < batchesPerRound; round++)
      await app.send('POST', paths.events, { events: eventsOf(batch++) });
    // A read brings every table up to date, so that nothing is left undone outside of the time that is taken.
    await store.listUsage({ accountId: 'acme', fromMs: 0, toMs: 1 }, { limit: 1 });
    return rate(startedAt);
  };
  const insert = async () => {
    const startedAt = performance.now();
    for (let round = 0; round < batchesPerRound; round++) await bare.insert(eventsOf(batch++).map(bareEvent));
    return rate(startedAt);
  };
  const { ratio, ours, theirs } = await alternate(7, ingest, insert);
  await app.close();
  await bare.close();
  return { ratio, figures: { 'events a second': ours, 'rows of events inserted a second': theirs } };
}

function rate(startedAt: number): number {
  return (batchesPerRound * eventsPerBatch * 1_000) / (performance.now() - startedAt);
}

function eventsOf(batch: number): UsageEvent[] {
  return Array.from({ length: eventsPerBatch }, (_, index) => ({
    id: `event-${String(batch * eventsPerBatch + index).padStart(12, '0')}`,
    accountId: 'acme',
    at: new Date(nowMs - 60_000 + index).toISOString(),
    items: [{ metric: 'emails', quantity: '2' }],
    agentId: agents[index % agents.length] ?? '',
  }));
}

function bareEvent(event: UsageEvent): BareEvent {
  const { accountId, id } = event;
  return { accountId, atMs: Date.parse(event.at ?? ''), id, body: JSON.stringify(event) };
}
