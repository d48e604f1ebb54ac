import type { Operation } from '../../contract/api.ts';

/** The calls that are kept while the server cannot be reached. */
export type SpooledOperation = Extract<
  Operation,
  'POST /v1/consume' | 'POST /v1/events' | 'POST /v1/holds/:holdId/settle' | 'POST /v1/holds/:holdId/release'
>;

/** One call that has happened for the host and not yet for the server. */
export interface SpoolEntry {
  /** Counts up within a spool; entries are sent again in this order. */
  readonly number: number;
  /** The operation that was meant. */
  readonly key: SpooledOperation;
  /** What the operation was called with. */
  readonly sent: { readonly params?: Readonly<Record<string, string>>; readonly body: unknown };
  /** The key of the first try, under which the server may know the call already. */
  readonly idempotencyKey: string;
  /** When it happened, ISO 8601. */
  readonly at: string;
}

/** The spool holds as much as it may; nothing was added. */
export class SpoolFullError extends Error {
  override readonly name = 'SpoolFullError';
}

/** Where calls wait. An implementation keeps their order and loses none that it has taken. */
export interface Spool {
  /** Resolves once the entry outlives the process. @throws SpoolFullError */
  append(entry: Omit<SpoolEntry, 'number'>): Promise<SpoolEntry>;
  /** The waiting uses, oldest first. */
  pending(): Iterable<SpoolEntry>;
  /** Entries that wait to be sent. */
  readonly pendingCount: number;
  /** Bytes that wait. */
  readonly pendingBytes: number;
  /** Marks a use as delivered. A crash may lose the mark: a use that is sent twice goes under one key. */
  remove(entry: SpoolEntry): Promise<void>;
  /** The server will never take it: it is set aside with the reason, for people to look at. */
  reject(entry: SpoolEntry, reason: string): Promise<void>;
  /** Ends the writing; what was kept stays for the next start. */
  close(): Promise<void>;
}
