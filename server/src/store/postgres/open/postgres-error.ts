import { DatabaseError } from 'pg';
import {
  AccountsBusyError,
  InvalidCursorError,
  isMistake,
  ReadOnlyError,
  StoredFormatError,
  StoreUnavailableError,
} from '../../store-errors.ts';

/** What the store says by itself, and passes on. */
const ownErrors = [
  StoreUnavailableError,
  AccountsBusyError,
  ReadOnlyError,
  InvalidCursorError,
  StoredFormatError,
] as const;

/**
 * Classes of errors that the same statement with the same values meets again: of data, of constraints, of syntax and names.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const mistakenClasses: ReadonlySet<string> = new Set(['22', '23', '42']);
/** A right that is missing: an operator may give it. */
const insufficientPrivilege = '42501';

/** What the database could not do is told as what a caller may try again; a mistake in the program is told as it is. */
export function failed(error: unknown): unknown {
  if (ownErrors.some((type) => error instanceof type) || isMistake(error) || isMistaken(error)) return error;
  return new StoreUnavailableError('The database could not be read or written.', { cause: error });
}

function isMistaken(error: unknown): boolean {
  if (!(error instanceof DatabaseError) || error.code === undefined) return false;
  return error.code !== insufficientPrivilege && mistakenClasses.has(error.code.slice(0, 2));
}

/** How often a transaction is tried that the database broke off for another one's sake, as by an account that is written without a pause. */
export const attemptsMax = 10;

/** A lock that was not to be had for a moment. */
const lockNotAvailable = '55P03';

/** Whether another transaction kept a row locked for longer than this one waits. */
export function isLocked(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === lockNotAvailable;
}

/** Deadlock, serialization failure, and such a lock. */
const brokenOffCodes: ReadonlySet<string | undefined> = new Set(['40P01', '40001', lockNotAvailable]);

/** Whether the database broke a transaction off for the sake of another one: nothing was written, and the next attempt may pass. */
export function isBrokenOff(error: unknown): boolean {
  return error instanceof DatabaseError && brokenOffCodes.has(error.code);
}
