'use client';
import type { Usage } from '@usagekit/server/contract';
import type { Format } from '../../../format/create-format.ts';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import type { dotted } from '../../parts/words/dotted.ts';

export interface CreditsLineProps {
  credits: NonNullable<Usage['credits']>;
  format: Format;
  /** Given, since the panel has its code before this is loaded. */
  line: typeof dotted;
}

/** The prepaid balance, which contains the budget or pays beyond it. Renders a `p`, or nothing where there is none to show. Reads messages. */
export function CreditsLine({ credits: { available, held, unit }, format, line }: CreditsLineProps) {
  const messages = useMessages('usagePanel', usagePanelExtrasMessages);
  if (Number(available) + Number(held) === 0) return null;
  const written = (amount: string) => format.amount(amount, unit).text;
  const heldToo = Number(held) > 0 && messages.balanceHeld(written(held));
  return <p className="uk-caption uk-credits-line">{line(messages.balance(written(available)), heldToo)}</p>;
}
