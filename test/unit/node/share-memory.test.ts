import { describe, expect, it } from 'vitest';
import {
  memoryMegabytesDefault,
  memoryMegabytesMin,
  shareMemoryOnPostgres,
  shareMemoryOnSqlite,
} from '../../../server/src/node/database/share-memory.ts';

const settings = [memoryMegabytesMin, 512, memoryMegabytesDefault, 1_024, 4_096, 65_536];

describe('shareMemory', () => {
  it('F21: shares no more out than there is, whatever is garbage on the heap', () => {
    for (const memory of settings) {
      const sqlite = shareMemoryOnSqlite(memory);
      const pages = (sqlite.pageCacheKilobytes.here + sqlite.pageCacheKilobytes.ofThread) / 1_000;
      // As many accounts as caches keep at most, 3.3 bytes for a character, a journal that is full, and as much garbage as V8 lets stand.
      const kept = (sqlite.accountsCached * 2 * 3_000 + sqlite.foldCharactersMax * 1.25 * 3.3) / 1e6;
      expect(pages + kept * 1.9).toBeLessThan(memory - 280);
      const { accountsCached } = shareMemoryOnPostgres(memory);
      expect(((accountsCached * 2 * (3_000 + 1_000)) / 1e6) * 1.9).toBeLessThan(memory - 230);
    }
  });

  it('gives everything its share at the least setting, and more of each with more', () => {
    const least = shareMemoryOnSqlite(memoryMegabytesMin);
    expect(least.accountsCached).toBeGreaterThan(1_000);
    expect(least.foldCharactersMax).toBeGreaterThan(2_000_000);
    expect(least.foldCharacters).toBeLessThan(least.foldCharactersMax);
    expect(shareMemoryOnPostgres(memoryMegabytesMin).accountsCached).toBeGreaterThan(1_000);
    for (const [less, more] of settings
      .slice(1)
      .map((memory, index) => [settings[index] ?? 0, memory] as const)) {
      const [before, after] = [shareMemoryOnSqlite(less), shareMemoryOnSqlite(more)];
      expect(after.accountsCached).toBeGreaterThan(before.accountsCached);
      expect(after.foldCharactersMax).toBeGreaterThanOrEqual(before.foldCharactersMax);
      expect(after.pageCacheKilobytes.here).toBeGreaterThanOrEqual(before.pageCacheKilobytes.here);
      expect(shareMemoryOnPostgres(more).accountsCached).toBeGreaterThan(
        shareMemoryOnPostgres(less).accountsCached,
      );
    }
  });

  it('I27: has no longer a journal than a start after a crash may take, however much memory there is', () => {
    expect(shareMemoryOnSqlite(65_536).foldCharactersMax).toBe(36_000_000);
  });
});
