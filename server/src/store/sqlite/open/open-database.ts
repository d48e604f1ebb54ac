import { closeSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { assertKnownFormats, sharedFormats } from '../../codec/formats.ts';
import { numberColumn, textColumn } from '../../sql/columns.ts';
import { missingSteps, type UpgradeListener } from '../../sql/migration-steps.ts';
import { StoreOpenError, unfinishedMove } from '../../store-open-error.ts';
import { journalFormat } from '../journal/journal-codec.ts';
import { migrations } from '../migrations.ts';
import { sharedLocation } from './shared-location.ts';
import { isSqliteError } from './sqlite-error.ts';

/** After so many pages SQLite puts the log into the file. */
export const pagesOfLog = 1_000;

/** Marks a file as ours: 'UsKt' as a number. */
const applicationId = 0x55734b74;

/** Every database has at least one page, and this is the smallest. */
const pageBytesMin = 512;

/** Result codes of SQLite: https://www.sqlite.org/rescode.html */
const resultCodes = { busy: 5, locked: 6, corrupt: 11, cannotOpen: 14, notADatabase: 26 } as const;

/** Extended result codes hold the primary one in their last byte. */
const primaryCodeMask = 0xff;

/**
 * An fsync a commit. The log is put into the file after 1,000 pages (8 MB), for which everybody waits: about 7 ms of processor time,
 * where 2,000 pages took 14.
 */
const sharedSettings = `
  PRAGMA page_size = 8192;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = ${pagesOfLog};
  PRAGMA cache_size = -65536;
  PRAGMA temp_store = MEMORY;
`;

/**
 * One connection a file. Locking comes before the journal's mode: so the index of the WAL lives in memory, and no second process gets in.
 */
export const fileSettings = `PRAGMA locking_mode = EXCLUSIVE; ${sharedSettings}`;

export interface OpenOptions {
  /** Whether it may be opened although a move into it has not come to its end. */
  readonly isMidMoveAllowed?: boolean;
  /** Whether tables of an older version are brought up to date. True by default. */
  readonly mayUpgrade?: boolean;
  readonly upgrading?: UpgradeListener;
  /** Whether other connections of this process may be opened to it. False by default. */
  readonly isShared?: boolean;
}

/** The files that are open for several connections, by their paths: SQLite would let every store of this process in. */
const sharedFiles = new Map<string, string>();

/**
 * Opens the file, or makes it, locks it for this process until it is closed, and brings its tables up to date. The
 * lock is the operating system's: it ends with the process, however that ends.
 * @throws StoreOpenError
 */
export function openDatabase(
  file: string,
  { isMidMoveAllowed = false, mayUpgrade = true, upgrading, isShared = false }: OpenOptions = {},
): DatabaseSync {
  let database: DatabaseSync | undefined;
  try {
    assertNotTooShort(file);
    makePrivate(file);
    if (file !== ':memory:' && file !== '') assertNotShared(file);
    database = new DatabaseSync(isShared ? sharedLocation(file) : file, { timeout: 0 });
    database.exec(isShared ? sharedSettings : fileSettings);
    migrate(database, file, { mayUpgrade, upgrading });
    if (!isMidMoveAllowed && database.prepare('SELECT 1 FROM moves').get() !== undefined)
      throw new StoreOpenError('unfinished_move', unfinishedMove(file));
    if (isShared) sharedFiles.set(file, identityOf(file));
    return database;
  } catch (error) {
    database?.close();
    throw error instanceof StoreOpenError ? error : openError(error, file);
  }
}

/** The file is closed, and may be opened again. */
export function releaseShared(file: string): void {
  sharedFiles.delete(file);
}

function assertNotShared(file: string): void {
  const identity = identityOf(file);
  for (const held of sharedFiles.values())
    if (held === identity) throw new StoreOpenError('held_by_another', heldByAnother(file));
}

/** Whatever names and links it has. */
function identityOf(file: string): string {
  const { dev, ino } = statSync(file, { bigint: true });
  return `${dev}:${ino}`;
}

function heldByAnother(file: string): string {
  return `${file} is in use by another process. One server a file: stop the other one, or use PostgreSQL for several.`;
}

/**
 * SQLite takes a file that is too short to be a database for an empty one and writes over it. The file is not opened
 * for this: to close it again would let go of the locks that this process may hold on it.
 */
function assertNotTooShort(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < pageBytesMin)
    throw new StoreOpenError('not_a_database', `${file} is not a database.`);
}

/** A new file is its owner's alone, as are the journals that SQLite makes after it: the secret that tokens are signed with is in it. */
export function makePrivate(file: string): void {
  if (file === ':memory:' || file === '') return;
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function migrate(
  database: DatabaseSync,
  file: string,
  { mayUpgrade, upgrading }: { mayUpgrade: boolean; upgrading: UpgradeListener | undefined },
): void {
  database.exec('BEGIN IMMEDIATE');
  const version = readPragma(database, 'user_version');
  const isOurs = readPragma(database, 'application_id') === applicationId;
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count;
  if (!isOurs && (version !== 0 || tables !== 0)) {
    throw new StoreOpenError(
      'not_a_database',
      `${file} is a database of another program, not one of UsageKit.`,
    );
  }
  for (const step of missingSteps(migrations, { name: file, version, mayUpgrade })) {
    if (!step.isFirst) upgrading?.(step);
    database.exec(step.sql);
  }
  noteFormats(database, file);
  // A file of this version is opened without a write, so that it can be read where the disk is full.
  if (!isOurs) database.exec(`PRAGMA application_id = ${applicationId}`);
  if (version !== migrations.length) database.exec(`PRAGMA user_version = ${migrations.length}`);
  database.exec('COMMIT');
}

const formats = [...sharedFormats, journalFormat];

function noteFormats(database: DatabaseSync, file: string): void {
  const rows = database.prepare('SELECT noun, version FROM stored_formats').all();
  const written = rows.map((row) => ({
    noun: textColumn(row, 'noun'),
    version: numberColumn(row, 'version'),
  }));
  assertKnownFormats(file, written, formats);
  const note = database.prepare('REPLACE INTO stored_formats (noun, version) VALUES (?, ?)');
  const known = new Map(written.map(({ noun, version }) => [noun, version]));
  for (const { noun, version } of formats) if (known.get(noun) !== version) note.run(noun, version);
}

function readPragma(database: DatabaseSync, name: string): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name] ?? 0);
}

function openError(error: unknown, file: string): StoreOpenError {
  switch (isSqliteError(error) ? error.errcode & primaryCodeMask : undefined) {
    case resultCodes.busy:
    case resultCodes.locked:
      return new StoreOpenError('held_by_another', heldByAnother(file), { cause: error });
    case resultCodes.notADatabase:
    case resultCodes.corrupt:
      return new StoreOpenError('not_a_database', `${file} is not a database, or it is damaged.`, {
        cause: error,
      });
    default:
      return new StoreOpenError(
        'cannot_open',
        `${file} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`,
        { cause: error },
      );
  }
}
