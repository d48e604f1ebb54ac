import type { Pool } from 'pg';
import { type Row, textColumn } from '../../sql/columns.ts';
import type { Told } from './change-channel.ts';

const intervalMs = 1_000;

/** How far the write-ahead log has come here; a standby that was promoted writes its own. */
const placeSql = `
  SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END::text AS place`;

/**
 * Notices what the primary changed, on a standby, where nothing can be heard (`LISTEN` is refused during recovery): while the log that
 * is replayed grows, any account may have changed and any key may have been revoked.
 */
export class StandbyWatch {
  readonly #pool: Pool;
  readonly #hear: (told: Told) => void;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> = Promise.resolve();
  #place: string | undefined;
  #isOpen = false;

  constructor(pool: Pool, hear: (told: Told) => void) {
    this.#pool = pool;
    this.#hear = hear;
  }

  /** Whether the last look at the log found it. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** @throws the driver's error where the database cannot be reached. */
  async open(): Promise<void> {
    this.#place = await this.#read();
    this.#isOpen = true;
    this.#wait();
  }

  /** Nothing is written here that another process could want to know. */
  tell(): void {}
  tellAll(): void {}
  tellRevoked(): void {}

  async close(): Promise<void> {
    this.#isOpen = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#looking;
  }

  #wait(): void {
    this.#timer = setTimeout(() => {
      this.#looking = this.#look();
    }, intervalMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      const place = await this.#read();
      const isNews = !this.#isOpen || place !== this.#place;
      this.#place = place;
      this.#isOpen = this.#timer !== undefined;
      if (isNews && this.#isOpen) this.#hear({ changed: 'all', revoked: [] });
    } catch {
      // What changes meanwhile is noticed at the next look that succeeds.
      this.#isOpen = false;
    }
    if (this.#timer !== undefined) this.#wait();
  }

  async #read(): Promise<string> {
    const { rows } = await this.#pool.query<Row>(placeSql);
    return textColumn(rows[0] ?? {}, 'place');
  }
}
