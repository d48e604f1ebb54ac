'use client';
import type { Format } from '../../../format/create-format.ts';
import { usagePanelExtrasMessages } from '../../../messages/usage/usage-panel-extras.ts';
import { useMessages } from '../../../messages/use-messages.ts';
import { Switch, type SwitchProps } from '../../parts/controls/switch.tsx';

export interface MoneySwitchProps extends Omit<SwitchProps, 'children'> {
  /** ISO 4217. */
  currency: string;
  format: Format;
}

/** Shows amounts of money, for viewers who may see them. Renders a `button` with the role `switch`. Reads messages. */
export function MoneySwitch({ currency, format, ...rest }: MoneySwitchProps) {
  const messages = useMessages('usagePanel', usagePanelExtrasMessages);
  return <Switch {...rest}>{messages.showMoney(symbolOf(currency, format.locale))}</Switch>;
}

function symbolOf(currency: string, locale: string): string {
  const parts = new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}
