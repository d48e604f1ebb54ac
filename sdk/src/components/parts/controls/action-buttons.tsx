'use client';
import type { Action } from '@usagekit/server/contract';
import { actionMessages } from '../../../messages/common/action.ts';
import type { Messages } from '../../../messages/messages.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { usePartClass } from '../widget/as-widget.tsx';
import { Button } from './button.tsx';

export interface ActionButtonsProps {
  actions: Action[];
  /** Called instead of following an action's address; actions with neither are left out. */
  onAction?: ((action: Action) => void) | undefined;
  /** Whether the first one stands out; false by default. */
  urgent?: boolean | undefined;
  /** Whether the payment method to give is the account's first; false by default. */
  paysFirst?: boolean | undefined;
  /** Words for actions that say more here than their usual ones. */
  labels?: Partial<Record<Action['kind'], string>> | undefined;
  /** Shown before the actions that only others may take. */
  othersMay: string;
}

/** The remedies as buttons, and those that only others may use as a sentence. Renders buttons, links and a `p`. Reads messages. */
export function ActionButtons(props: ActionButtonsProps) {
  const { actions, onAction, urgent, paysFirst, labels, othersMay } = props;
  const partClass = usePartClass();
  const messages = useMessages('action', actionMessages);
  const words = { ...messages, ...(paysFirst && { update_payment: messages.addPayment }) };
  const wordsOf = (action: Action) => labels?.[action.kind] ?? actionWords(action, words);
  // Waiting is nothing that a button could do.
  const offered = actions.filter(({ kind }) => kind !== 'wait');
  const able = offered.filter(({ allowed, href }) => allowed && (onAction || href));
  const others = offered.filter(({ allowed }) => !allowed);
  if (able.length + others.length === 0) return null;
  return (
    <div className={partClass('actions')}>
      {able.map((action, place) => (
        <Button
          key={action.kind}
          kind={place > 0 ? 'quiet' : urgent ? 'primary' : 'plain'}
          {...(onAction ? { onClick: () => onAction(action) } : { href: action.href })}
        >
          {wordsOf(action)}
        </Button>
      ))}
      {able.length === 0 && (
        <p className="uk-caption">
          {othersMay} {others.map(wordsOf).join('\u00a0· ')}
        </p>
      )}
    </div>
  );
}

/** What an action is called: a balance of money is added to, and credits are bought. */
export function actionWords({ kind, currency }: Action, messages: Messages['action']): string {
  return messages[currency === undefined ? kind : 'addFunds'];
}
