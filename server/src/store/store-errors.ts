/** The store could not do it now; nothing was written, and the same call may be made again. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}

/** The store is only read here; nothing was written, and nothing will be. */
export class ReadOnlyError extends Error {
  override readonly name = 'ReadOnlyError';
}

/** Somebody else holds these accounts and does not let go soon; nothing was written. What needs none of them can be written. */
export class AccountsBusyError extends Error {
  override readonly name = 'AccountsBusyError';
  readonly accountIds: readonly string[];

  constructor(accountIds: readonly string[]) {
    super(`Locked elsewhere: ${accountIds.join(', ')}`);
    this.accountIds = accountIds;
  }
}

/** A stored body was written by a newer version of UsageKit, or is damaged. It stays as it is. */
export class StoredFormatError extends Error {
  override readonly name = 'StoredFormatError';
}

/** A cursor that this store did not give out. */
export class InvalidCursorError extends Error {
  override readonly name = 'InvalidCursorError';
}

/** What JavaScript itself throws where a program asks for something that cannot be. */
const ownErrors = [TypeError, RangeError, ReferenceError, SyntaxError] as const;

/**
 * Whether the error shows a mistake in the program, which the same call would meet again. It is never told as something that a caller may
 * try later.
 */
export function isMistake(error: unknown): boolean {
  return ownErrors.some((type) => error instanceof type);
}
