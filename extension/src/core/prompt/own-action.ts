import type { Action, Blocked } from '@usagekit/server/contract';
import type { Words } from '../../words/english.ts';

/** Actions that ask nothing of the reader: time passes, or somebody else acts. */
const othersActions: readonly Action['kind'][] = ['wait', 'ask_admin'];

/** The reader's best remedy for a block; undefined if only others or time can help. */
export function ownActionOf(blocked: Blocked | null): Action | undefined {
  return blocked?.actions.find(({ kind, allowed }) => allowed && !othersActions.includes(kind));
}

/** Who can help where the reader cannot; null where the reader can, or where nobody is needed. */
export function whoHelps(blocked: Blocked | null, { blocked: said }: Words): string | null {
  if (blocked === null || ownActionOf(blocked) !== undefined) return null;
  return blocked.actions.some(({ kind }) => kind !== 'wait') ? said.askOthers : null;
}

/** The words of the button that leads to the reader's best remedy. */
export function actionLabelOf(blocked: Blocked | null, { action }: Words): string {
  const own = ownActionOf(blocked);
  if (own?.currency !== undefined) return action.addFunds;
  const kind = own?.kind;
  return kind !== undefined && kind in action ? action[kind as keyof typeof action] : action.openBilling;
}
