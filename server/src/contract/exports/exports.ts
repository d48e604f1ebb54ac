import type { Instant } from '../values/amount.ts';

/** The datasets of an account's export. */
export const exportDatasets = [
  'account',
  'members',
  'usage',
  'events',
  'tasks',
  'ledger',
  'invoices',
  'charges',
  'activity',
] as const;

/** What an export can be of. */
export type ExportDataset = (typeof exportDatasets)[number];

/**
 * `csv` has one line a row, `jsonl` one JSON object a line (JSON Lines), which says more of rows that have parts. `parquet` has the
 * columns of CSV with types, and the row of JSON Lines in the column `row`.
 */
export type ExportFormat = 'csv' | 'jsonl' | 'parquet';

/** Query of `GET /v1/accounts/{id}/export/{dataset}`. */
export interface ExportQuery {
  /** `csv` by default. */
  format?: ExportFormat;
  /** Rows from this instant on; all by default. What has no time of its own is always told. */
  from?: Instant;
  /** Rows before this instant. */
  to?: Instant;
}

/** Query of `GET /v1/accounts/{id}/export`. */
export interface ArchiveQuery {
  /** Format of the files in the archive; `jsonl` by default. */
  format?: ExportFormat;
}

/** One file of an export. */
export interface ExportedFile {
  name: string;
  rows: number;
  bytes: number;
  /** 64 hex digits. */
  sha256: string;
}

/** `manifest.json`, the last file of an export: what it holds, so that it can be checked and read in years. */
export interface ExportManifest {
  format: 'usagekit-export';
  /** Grows when the files change in a way that a reader has to know of. */
  version: 1;
  accountId: string;
  /** When the export began. Each file is read after that; later writes may be in it. */
  madeAt: Instant;
  /** The server's version. */
  serverVersion: string;
  files: ExportedFile[];
}
