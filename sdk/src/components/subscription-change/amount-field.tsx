'use client';
import type { DecimalString, UnitLabel } from '@usagekit/server/contract';
import type { ReactNode } from 'react';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { parseAmount } from '../../format/parse-amount.ts';
import { TextField } from '../parts/controls/text-field.tsx';

export interface AmountFieldProps {
  label: string;
  unit: UnitLabel;
  typed: string;
  onType: (typed: string) => void;
  /** Whether the input is invalid. */
  isInvalid: boolean;
  /** Says what can be typed, with two examples of the locale. */
  invalid: (one: string, other: string) => string;
  after?: ReactNode;
  format: Format;
}

/** An amount of a metric, with its unit. Renders a labelled `input`. Reads nothing. */
export function AmountField(props: AmountFieldProps) {
  const { label, unit, typed, onType, isInvalid, invalid, after, format } = props;
  return (
    <TextField
      label={label}
      unit={format.unit(parseAmount(typed, format.locale) ?? '2', unit)}
      value={typed}
      onChange={onType}
      after={after}
      problem={isInvalid ? invalid(format.number('1000'), format.number('12.5')) : undefined}
    />
  );
}

/** The input, if it is above 0. */
export function parsePositive(typed: string, format: Format): DecimalString | undefined {
  const amount = parseAmount(typed, format.locale);
  return amount !== undefined && signOf(amount) > 0 ? amount : undefined;
}
