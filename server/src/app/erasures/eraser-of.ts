import { createEraser, type Eraser } from '../../domain/erasures/eraser.ts';
import { hash128 } from '../../domain/ids/hash128.ts';
import type { AccountState } from '../../domain/state.ts';
import { AppError } from '../http/reply/problem.ts';

const pseudonymDigits = 16;

/** The pseudonym of an erased account or member. It derives from a secret of the erasure, which is deleted with it. */
export function pseudonymOf(seed: string, id: string): string {
  return `erased-${hash128(`${seed} ${id}`).slice(0, pseudonymDigits)}`;
}

/** Replaces the members of the account that are being erased; null where none is. */
export function eraserOf({ erasing, profile }: AccountState): Eraser | null {
  const members = erasing?.filter(({ subject }) => subject === 'member') ?? [];
  if (members.length === 0) return null;
  return members.map((each) => createEraser(profile.id, each, pseudonymOf)).reduce(both);
}

function both(first: Eraser, second: Eraser): Eraser {
  return {
    ...first,
    memberId: (id) => second.memberId(first.memberId(id)),
    isErased: (id) => first.isErased(id) || second.isErased(id),
    derivedId: (id) => second.derivedId(first.derivedId(id)),
    text: (text) => second.text(first.text(text)),
  };
}

/** Why a command of an account that is being erased, or was, is not carried out. */
export function closedByErasure({ profile, erasedAtMs }: AccountState): AppError {
  return erasedAtMs === undefined
    ? new AppError('account_not_found', `Account '${profile.id}' is being erased`)
    : new AppError('conflict', `Account '${profile.id}' was erased; its figures are only read`);
}
