import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type Spool, type SpoolEntry, SpoolFullError } from './spool.ts';

/** 64 MiB. */
export const spoolBytesMaxDefault = 67_108_864;
/** The file is rewritten once delivered uses take this many bytes of it. */
const deadBytesMax = 1_048_576;
const format = 1;

/** Where the spool is and how large it may become. */
export interface FileSpoolOptions {
  /** A folder of this process's own; made where it is missing. */
  directory: string;
  /** Limit of the waiting uses, in bytes; 64 MiB by default. */
  bytesMax?: number;
}

/** The folder belongs to another process, or its files are no spool. */
export class SpoolOpenError extends Error {
  override readonly name = 'SpoolOpenError';
}

/** Folders that this process has open. */
const opened = new Set<string>();

/**
 * A spool on disk. It is append-only, and an entry is on the disk (fdatasync) before `append` resolves; entries that come
 * together share one. A line that a crash cut off was never promised and is dropped.
 *
 * `spool.jsonl` holds what waits, `rejected.jsonl` what the server will never take.
 * @throws SpoolOpenError
 */
export async function openFileSpool({
  directory,
  bytesMax = spoolBytesMaxDefault,
}: FileSpoolOptions): Promise<Spool> {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const unlock = lock(directory);
  try {
    const spool = new FileSpool(directory, bytesMax, unlock);
    await spool.open();
    return spool;
  } catch (error) {
    unlock();
    throw error;
  }
}

interface Waiter {
  line: string;
  resolve(): void;
  reject(error: unknown): void;
}

class FileSpool implements Spool {
  readonly #path: string;
  readonly #rejectedPath: string;
  readonly #bytesMax: number;
  readonly #unlock: () => void;
  #file: FileHandle | undefined;
  /** By number; a map keeps the order in which they came. */
  readonly #entries = new Map<number, { entry: SpoolEntry; bytes: number }>();
  #next = 1;
  #pendingBytes = 0;
  #deadBytes = 0;
  #waiters: Waiter[] = [];
  #writing: Promise<void> | undefined;

  constructor(directory: string, bytesMax: number, unlock: () => void) {
    this.#path = join(directory, 'spool.jsonl');
    this.#rejectedPath = join(directory, 'rejected.jsonl');
    this.#bytesMax = bytesMax;
    this.#unlock = unlock;
  }

  *pending(): Iterable<SpoolEntry> {
    for (const { entry } of this.#entries.values()) yield entry;
  }

  get pendingCount(): number {
    return this.#entries.size;
  }

  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Reads the file of an earlier process, and rewrites it without delivered uses and without a truncated end. */
  async open(): Promise<void> {
    for (const line of readWholeLines(this.#path)) {
      const parsed = parseLine(line, this.#path);
      if ('done' in parsed) this.#forget(parsed.done);
      else this.#keep(parsed.entry, Buffer.byteLength(line) + 1);
    }
    await this.#rewrite();
  }

  async append(given: Omit<SpoolEntry, 'number'>): Promise<SpoolEntry> {
    const entry: SpoolEntry = { number: this.#next, ...given };
    const line = JSON.stringify({ format, entry });
    const bytes = Buffer.byteLength(line) + 1;
    if (this.#pendingBytes + bytes > this.#bytesMax) {
      throw new SpoolFullError(`The spool holds ${this.#pendingBytes} of at most ${this.#bytesMax} bytes.`);
    }
    this.#keep(entry, bytes);
    try {
      await this.#write(line);
    } catch (error) {
      this.#forget(entry.number);
      throw error;
    }
    return entry;
  }

  async remove({ number }: SpoolEntry): Promise<void> {
    const bytes = this.#forget(number);
    this.#deadBytes += bytes;
    await this.#write(JSON.stringify({ format, done: number }));
    if (this.#deadBytes > deadBytesMax || this.#entries.size === 0) await this.#compact();
  }

  async reject(entry: SpoolEntry, reason: string): Promise<void> {
    const file = await open(this.#rejectedPath, 'a', 0o600);
    try {
      await file.write(`${JSON.stringify({ format, entry, reason })}\n`);
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.remove(entry);
  }

  async close(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    await this.#file?.close();
    this.#file = undefined;
    this.#unlock();
  }

  #keep(entry: SpoolEntry, bytes: number): void {
    this.#entries.set(entry.number, { entry, bytes });
    this.#pendingBytes += bytes;
    this.#next = Math.max(this.#next, entry.number + 1);
  }

  #forget(number: number): number {
    const bytes = this.#entries.get(number)?.bytes ?? 0;
    this.#entries.delete(number);
    this.#pendingBytes -= bytes;
    return bytes;
  }

  #write(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiters.push({ line, resolve, reject });
      this.#writing ??= this.#writeWaiting().finally(() => {
        this.#writing = undefined;
      });
    });
  }

  async #writeWaiting(): Promise<void> {
    while (this.#waiters.length > 0) {
      const batch = this.#waiters;
      this.#waiters = [];
      try {
        if (this.#file === undefined) throw new Error('The spool is closed.');
        await this.#file.appendFile(batch.map(({ line }) => `${line}\n`).join(''));
        await this.#file.datasync();
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  /** Takes the place of a write, so that nothing is appended to a file that is being replaced. */
  async #compact(): Promise<void> {
    while (this.#writing !== undefined) await this.#writing;
    this.#writing = this.#rewrite()
      .then(() => this.#writeWaiting())
      .finally(() => {
        this.#writing = undefined;
      });
    await this.#writing;
  }

  /** Under another name first, so that a crash leaves the old file or the new one. */
  async #rewrite(): Promise<void> {
    const fresh = `${this.#path}.new`;
    const lines = Array.from(this.pending(), (entry) => `${JSON.stringify({ format, entry })}\n`).join('');
    writeFileSync(fresh, lines, { mode: 0o600, flush: true });
    await this.#file?.close();
    await rename(fresh, this.#path);
    this.#file = await open(this.#path, 'a', 0o600);
    this.#deadBytes = 0;
  }
}

/** The lines that end; what stands behind the last end was cut off by a crash before it was promised. */
function readWholeLines(path: string): string[] {
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8').split('\n').slice(0, -1);
}

function parseLine(line: string, path: string): { entry: SpoolEntry } | { done: number } {
  try {
    const parsed = JSON.parse(line);
    if (parsed.format === format) return parsed;
  } catch (cause) {
    throw new SpoolOpenError(`${path} is no spool: a line of it is no JSON.`, { cause });
  }
  throw new SpoolOpenError(`${path} has a format that this version does not read.`);
}

/** Makes the folder this process's own. A lock that a killed process left is taken over. */
function lock(directory: string): () => void {
  const path = join(directory, 'lock');
  if (opened.has(path)) throw new SpoolOpenError(`${directory} is open in this process already.`);
  for (;;) {
    try {
      const file = openSync(path, 'wx', 0o600);
      writeFileSync(file, String(process.pid));
      closeSync(file);
      break;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST') throw error;
      const owner = Number(readFileSync(path, 'utf8'));
      // In a container each process may have the same number, so a lock with our own is one that was left.
      if (owner !== process.pid && isAlive(owner)) {
        throw new SpoolOpenError(
          `${directory} belongs to the process ${owner}; give each process a folder of its own.`,
        );
      }
      rmSync(path, { force: true });
    }
  }
  opened.add(path);
  return () => {
    opened.delete(path);
    rmSync(path, { force: true });
  };
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
