import type { Caller } from '../callers/caller.ts';
import { AppError, invalidParameter } from '../http/reply/problem.ts';

/**
 * The account that a query or body names, if the caller may name one; otherwise the token's own account.
 * @throws AppError `other_account` for an account other than the token's, `invalid_request` if the backend names none.
 */
export function accountOf(caller: Caller, accountId: string | undefined, pointer = '?accountId'): string {
  if (caller.kind === 'secret_key') {
    if (accountId === undefined) throw invalidParameter(pointer, 'is missing', "an account's id");
    return accountId;
  }
  if (accountId !== undefined && accountId !== caller.accountId)
    throw new AppError('other_account', 'These credentials are for another account');
  return caller.accountId;
}
