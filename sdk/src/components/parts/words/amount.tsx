'use client';
import type { ShortFigure } from '../../../format/create-format.ts';
import { usePartClass } from '../widget/as-widget.tsx';

export interface AmountProps {
  /** As `format.amount`, `format.short` or `format.signed` give it. */
  value: ShortFigure;
  className?: string | undefined;
}

/**
 * A figure whose title is the exact one where the short one leaves digits out. Renders a `bdi`, so that a sign stays
 * before its figure where text runs from the right. Reads nothing.
 */
export function Amount({ value, className }: AmountProps) {
  const partClass = usePartClass();
  return (
    <bdi
      className={partClass('value', 'uk-figures', className)}
      title={value.text === value.exact ? undefined : value.exact}
    >
      {value.text}
    </bdi>
  );
}
