import type { SubscriptionChange } from '@usagekit/server/contract';
import { signOf } from '../../derive/decimal.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Messages } from '../../messages/messages.ts';

export interface QuantityWordsInput {
  /** Texts of the widget, with the quantity in them. */
  words: Pick<Messages['seats'], 'confirm' | 'confirmMore' | 'changed' | 'changesOn'>;
  shared: Pick<Messages['subscriptionChange'], 'confirmAndPay'>;
  /** What is had now. */
  held: number;
  /** What is chosen; undefined while it cannot be read, and then `written` is what stands. */
  quantity: number | undefined;
  written: string;
  format: Format;
}

/** What a dialog's button and its outcome say of another quantity: what is paid at once, or from when it holds. */
export function quantityWords({ words, shared, held, quantity, written, format }: QuantityWordsInput) {
  return {
    buttonOf: ({ dueNow }: SubscriptionChange) =>
      signOf(dueNow.amount) > 0
        ? shared.confirmAndPay(
            words.confirmMore(format.number((quantity ?? held) - held)),
            writePrice(dueNow, format),
          )
        : words.confirm(written),
    outcomeOf: ({ takesEffect, effectiveAt, asOf }: SubscriptionChange) =>
      takesEffect === 'now'
        ? words.changed(written)
        : words.changesOn(written, format.date(effectiveAt, asOf)),
  };
}
