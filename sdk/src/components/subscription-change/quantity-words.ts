import type { SubscriptionChange } from '@usagekit/server/contract';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import type { Messages } from '../../messages/messages.ts';
import { writeConfirm } from './write-confirm.ts';

export interface QuantityWordsInput {
  /** Texts of the widget, with the quantity in them. */
  words: Pick<Messages['seats'], 'confirm' | 'confirmMore' | 'changed' | 'changesOn'>;
  shared: Pick<Messages['subscriptionChange'], 'confirmAndPay' | 'confirmAndInvoice'>;
  /** The present quantity. */
  held: number;
  /** The chosen quantity; undefined while the input is invalid, and then `written` is shown. */
  quantity: number | undefined;
  written: string;
  format: Format;
}

/** The words of a dialog's button and result for a new quantity: the amount paid at once, or the date from which it holds. */
export function quantityWords({ words, shared, held, quantity, written, format }: QuantityWordsInput) {
  return {
    buttonOf: (change: SubscriptionChange) =>
      signOf(change.dueNow.amount) > 0
        ? writeConfirm(words.confirmMore(format.number((quantity ?? held) - held)), change, format, shared)
        : words.confirm(written),
    outcomeOf: ({ takesEffect, effectiveAt, asOf }: SubscriptionChange) =>
      takesEffect === 'now'
        ? words.changed(written)
        : words.changesOn(written, format.date(effectiveAt, asOf)),
  };
}
