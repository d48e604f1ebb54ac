'use client';
import { usesMessages } from '../../../messages/usage/uses.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { LinkButton } from '../../parts/controls/link-button.tsx';
import { Amount, type AmountProps } from '../../parts/words/amount.tsx';

export interface OpenFigureProps {
  value: AmountProps['value'];
  /** What the figure is of. */
  name: string;
  onOpen: (() => void) | undefined;
}

/** A figure that opens the uses behind it, or its text where there is nothing to open. Renders a `button`. Reads messages. */
export function OpenFigure({ value, name, onOpen }: OpenFigureProps) {
  const messages = useMessages('uses', usesMessages);
  if (!onOpen) return <Amount value={value} />;
  return (
    <LinkButton
      className="uk-figure-open"
      aria-label={messages.open(`${name}: ${value.text}`)}
      onClick={onOpen}
    >
      <Amount value={value} />
    </LinkButton>
  );
}
