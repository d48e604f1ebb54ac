/** Whether SQLite itself failed, as when the disk is full; anything else is a mistake in our code. */
export function isSqliteError(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

/** Primary result codes caused by the disk, the memory or a lock: https://www.sqlite.org/rescode.html */
const passingCodes: ReadonlySet<number> = new Set([5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26]);

/** Whether the same write may succeed later; otherwise the data itself is at fault. */
export function isPassing(error: unknown): boolean {
  return isSqliteError(error) && passingCodes.has(error.errcode & 0xff);
}
