import type { CatalogConfig } from '../contract/catalog/catalog.ts';
import type { ExportManifest } from '../contract/exports/exports.ts';
import type { Invoice } from '../contract/invoices/invoices.ts';
import type { TaxFor } from '../domain/catalog/catalog-types.ts';
import type { PaymentProvider } from '../payments/payment-provider.ts';
import type { Store } from '../store/store.ts';
import type { NoticeTransport } from './notices/notice-transport.ts';
import type { RetentionOptions } from './retention/retention.ts';
import type { Metrics } from './server-metrics/metrics.ts';

/** Where time comes from. Nothing else in the app asks for it. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  nowMs(): number;
}

/** Where the app tells what happened. Fields never hold a secret, a token or a body. */
export interface Log {
  /** Notes what happened as it should. */
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Notes what somebody should look at. */
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Notes a failure; its cause is in `err`. */
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Runs something later, once; the answer takes it back. */
export type Schedule = (run: () => void, delayMs: number) => () => void;

/** Signs a text with HMAC-SHA-256 and gives 64 hex digits. Web Crypto's is used where none is handed in. */
export type Sign = (secret: string, text: string) => string | Promise<string>;

/** Gives a fingerprint of a secret, by which it is found and cannot be told. */
export type Hash = (secret: string) => string | Promise<string>;

/** Writes an invoice as a PDF, in a language (BCP 47). */
export type RenderInvoice = (invoice: Invoice, locale: string) => Promise<Uint8Array>;

/** Makes a copy of the database as it is at one moment, and gives it as it is read. */
export type CopyDatabase = () => Promise<{
  readonly bytes: number;
  readonly body: ReadableStream<Uint8Array>;
}>;

/** A file on its way into an archive. */
export interface ArchivedFile {
  readonly name: string;
  readonly body: ReadableStream<Uint8Array>;
  /** So many so far. */
  rows(): number;
}

/** Packs files into one archive as they are read, with a manifest of them at its end. */
export type WriteArchive = (
  files: AsyncIterable<ArchivedFile>,
  about: Omit<ExportManifest, 'files'>,
) => ReadableStream<Uint8Array>;

/** A column of an export. */
export interface ExportColumn {
  readonly name: string;
  readonly kind: 'text' | 'instant' | 'amount' | 'flag' | 'json';
}

/** Writes rows as Parquet as they are read; a row is its cells, by the columns. */
export type WriteParquet = (
  columns: readonly ExportColumn[],
  rows: AsyncGenerator<readonly (readonly (string | null)[])[]>,
) => ReadableStream<Uint8Array>;

/** What the app is given; only `store`, `clock` and `newId` are needed. */
export interface AppOptions {
  /** Where everything is kept. The caller opens and closes it. */
  readonly store: Store;
  /** Tells the time; nothing in the app asks the machine. */
  readonly clock: Clock;
  /**
   * Makes an id that was never made before, of the form of a host's (`contract/ids`). Ids that sort by time
   * make the stores faster.
   */
  newId(): string;
  /** Put into the store when the app starts; without one the store's latest is used. */
  readonly catalog?: CatalogConfig;
  /** `test` by default. In `live` mode keys begin with `sk_live_` and there are no test clocks. */
  readonly mode?: 'test' | 'live';
  /** The secret that signs tokens; by default a random secret kept by the store. */
  readonly tokenSecret?: string;
  /** Secret keys from the configuration, in addition to those in the store. */
  readonly secretKeys?: readonly string[];
  /** Who calls with those, where it is no host: the audit names it so. */
  readonly operator?: string;
  /** Signs tokens; HMAC-SHA-256 by Web Crypto by default. */
  readonly sign?: Sign;
  /** SHA-256 by Web Crypto in 64 hex digits where none is handed in. Pages over plain HTTP have no Web Crypto. */
  readonly hash?: Hash;
  /** The platform's timers by default. */
  readonly schedule?: Schedule;
  /**
   * Runs the callback once the present turn of the event loop is over, so that what came in it is committed together:
   * `setImmediate` in Node; a microtask by default.
   */
  readonly afterTurn?: (flush: () => void) => void;
  /** Without one, credits cannot be bought. */
  readonly payments?: PaymentProvider;
  /** Without one, invoices have no PDF. */
  readonly renderInvoice?: RenderInvoice;
  /** Without one, there is no backup over HTTP. */
  readonly copyDatabase?: CopyDatabase;
  /** Without one, an account is exported dataset by dataset. */
  readonly writeArchive?: WriteArchive;
  /** Without one, exports are CSV and JSON Lines. */
  readonly writeParquet?: WriteParquet;
  /** Carries webhooks and mails; without one all of them wait. */
  readonly notices?: NoticeTransport;
  /** The host's own rules of tax, in the place of the catalog's `billing.taxes`. */
  readonly taxFor?: TaxFor;
  /** For how many days notices and the audit are kept. */
  readonly retention?: RetentionOptions;
  /** By how much the clock is doubted, as the doctor tells it; 0 by default. */
  readonly clockDoubtMs?: () => number;
  /** Nothing is written: what would is refused, by the store too. */
  readonly readOnly?: boolean;
  /** Silent by default. */
  readonly log?: Log;
  /** As `GET /v1/meta` tells it. */
  readonly version?: string;
  /** Nothing is counted without. */
  readonly metrics?: Metrics;
  /** Share of the requests answered below 400 that get a line in the log, from 0 to 1; 1 by default. */
  readonly requestLogShare?: number;
  /** Milliseconds that only grow, for how long things take; the clock's by default. */
  readonly stopwatchMs?: () => number;
}
