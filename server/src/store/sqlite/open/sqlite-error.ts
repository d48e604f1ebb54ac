/** Whether SQLite itself failed, as when the disk is full; anything else is a mistake in our code. */
export function isSqliteError(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}
