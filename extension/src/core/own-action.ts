import type { Action, Blocked } from '@usagekit/server/contract';

/** Actions that ask nothing of the reader: time passes, or somebody else acts. */
const othersActions: readonly Action['kind'][] = ['wait', 'ask_admin'];

/** The reader's best remedy for a block; undefined if only others or time can help. */
export function ownActionOf(blocked: Blocked | null): Action | undefined {
  return blocked?.actions.find(({ kind, allowed }) => allowed && !othersActions.includes(kind));
}

/** Who can help where the reader cannot; null where the reader can, or where nobody is needed. */
export function whoHelps(blocked: Blocked | null): string | null {
  if (blocked === null || ownActionOf(blocked) !== undefined) return null;
  return blocked.actions.some(({ kind }) => kind !== 'wait') ? 'An owner or admin can change that.' : null;
}
