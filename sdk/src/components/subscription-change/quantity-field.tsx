'use client';
import { useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { parseAmount, typedAmount } from '../../format/parse-amount.ts';
import { subscriptionChangeMessages } from '../../messages/subscription/subscription-change.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { TextField } from '../parts/controls/text-field.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { plusIcon } from '../parts/icons/plus-icon.ts';
import { dashIcon } from '../parts/icons/state-icons.ts';

export interface QuantityFieldProps {
  label: string;
  unit?: string | undefined;
  initial: number;
  least: number;
  /** Null without a bound. */
  most: number | null;
  /** Undefined while the input is not a valid quantity. */
  onChange: (quantity: number | undefined) => void;
  format: Format;
}

/** A whole number that is typed, or moved by one. Renders a `div` with an `input` between two buttons. Reads messages. */
export function QuantityField(props: QuantityFieldProps) {
  const { label, unit, initial, least, most, onChange, format } = props;
  const messages = useMessages('subscriptionChange', subscriptionChangeMessages);
  const [text, setText] = useState(() => typedAmount(String(initial), format.locale));
  const quantity = quantityOf(text, props);
  const write = (next: string) => {
    setText(next);
    onChange(quantityOf(next, props));
  };
  const step = (by: 1 | -1) => {
    const next = Math.max(least, Math.min(most ?? Number.MAX_SAFE_INTEGER, (quantity ?? initial) + by));
    write(typedAmount(String(next), format.locale));
  };
  const stepper = (by: 1 | -1) => {
    const isAtEnd = quantity === (by < 0 ? least : most);
    return (
      <Button
        className="uk-button-icon"
        aria-label={by < 0 ? messages.fewer : messages.more}
        aria-disabled={isAtEnd || undefined}
        onClick={() => step(by)}
      >
        <Icon drawing={by < 0 ? dashIcon : plusIcon} />
      </Button>
    );
  };
  const written = (value: number) => format.number(value);
  return (
    <TextField
      label={label}
      unit={unit}
      value={text}
      onChange={write}
      inputMode="numeric"
      before={stepper(-1)}
      after={stepper(1)}
      problem={
        quantity !== undefined
          ? undefined
          : most === null
            ? messages.quantityInvalidOpen(written(least))
            : messages.quantityInvalid(written(least), written(most))
      }
    />
  );
}

function quantityOf(text: string, { least, most, format }: QuantityFieldProps): number | undefined {
  const value = Number(parseAmount(text, format.locale));
  return Number.isSafeInteger(value) && value >= least && (most === null || value <= most)
    ? value
    : undefined;
}
