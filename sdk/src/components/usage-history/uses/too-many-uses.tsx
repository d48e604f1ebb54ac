'use client';
import { usesMessages } from '../../../messages/usage/uses.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { EmptyState } from '../../states/empty-state.tsx';

/** Says that a view has more uses than the server reads one by one, and what can be seen instead. Renders a `div`. Reads messages. */
export function TooManyUses() {
  const { tooManyTitle, tooManyDetail } = useMessages('uses', usesMessages);
  return <EmptyState title={tooManyTitle} detail={tooManyDetail} />;
}

/** Says that days stand in place of hours, since there are too many uses for hours. Renders a `span`. Reads messages. */
export function TooManyForHours() {
  return <span className="uk-muted">{useMessages('uses', usesMessages).hoursTooMany}</span>;
}
