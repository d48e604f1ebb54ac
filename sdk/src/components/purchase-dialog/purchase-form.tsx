'use client';
import { type CreditPack, msPerDay } from '@usagekit/server/contract';
import { useState } from 'react';
import { availableAfter, isAtPar, packCharge } from '../../derive/credits/pack-price.ts';
import { signOf } from '../../derive/sign-of.ts';
import { columnDecimals } from '../../format/column-decimals.ts';
import type { Format, ShortFigure } from '../../format/create-format.ts';
import { exactMoney } from '../../format/exact-money.ts';
import { instantOf } from '../../format/intl-formats.ts';
import { writePrice } from '../../format/write-price.ts';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import type { PurchaseFlow } from '../../hooks/purchases/use-purchase.ts';
import { purchaseDialogMessages } from '../../messages/credits/purchase-dialog.ts';
import { paymentMessages } from '../../messages/invoices/payment.ts';
import type { Messages } from '../../messages/messages.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import { Amount } from '../parts/words/amount.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { PaymentMethodLine } from '../payment-method/payment-method-line.tsx';
import { PaymentMethodNotice } from '../payment-method/payment-method-notice.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import { MayNotBuy } from './may-not-buy.tsx';
import { PackOptions } from './pack-options.tsx';
import type { PurchaseOffer } from './purchase-offer.ts';
import { PurchaseOutcome } from './purchase-outcome.tsx';

export interface PurchaseFormProps {
  /** Parts to leave out, such as `{ unitPrice: false }`. */
  parts?: PartsOf<'PurchaseDialog'> | undefined;
  offer: PurchaseOffer;
  /** The pack that is chosen at first; the first one by default. */
  packId?: string | undefined;
  flow: PurchaseFlow;
  /** Leads to the page on which a payment method is entered. */
  payment: PaymentSessionFlow;
  /** Called with the chosen pack when the page is left for a payment method. */
  onLeave?: ((packId: string) => void) | undefined;
  onClose: () => void;
  format: Format;
}

/**
 * From the choice of a pack to the end of its purchase. Once a purchase has begun, nothing here begins another one
 * until it has failed. Renders a `div`. Reads messages.
 */
export function PurchaseForm(props: PurchaseFormProps) {
  const { offer, packId, flow, onLeave, parts, onClose, format } = props;
  const messages = useMessages('purchaseDialog', purchaseDialogMessages);
  const [chosen, setChosen] = useState<string>();
  const { packs, paymentMethod } = offer;
  const sold = packs.filter(({ price }) => price !== null);
  const isSent = flow.status === 'pending' && flow.purchase === undefined;
  const isChoosing = flow.status === 'idle' || flow.status === 'failed' || flow.status === 'refused';
  const pack =
    sold.find(({ id }) => id === (isSent ? flow.packId : (chosen ?? flow.packId ?? packId))) ?? sold[0];

  if (!isChoosing && !isSent) {
    return (
      <PurchaseOutcome offer={offer} flow={flow} onClose={onClose} format={format} messages={messages} />
    );
  }
  // Where nothing is sold nobody may buy, whatever the role.
  if (offer.packs.length === 0 && !flow.error)
    return <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />;
  if (!pack || !offer.canPurchase || flow.error?.notPermitted) {
    return <MayNotBuy error={flow.error} />;
  }
  const payment: PaymentSessionFlow = {
    ...props.payment,
    start: () => {
      onLeave?.(pack.id);
      return props.payment.start();
    },
  };
  const needsMethod =
    paymentMethod === null ||
    paymentMethod?.confirmed === false ||
    flow.error?.code === 'payment_method_required';
  return (
    <div className="uk-purchase">
      {flow.status !== 'idle' && !isSent && !needsMethod && (
        <PurchaseOutcome offer={offer} flow={flow} onClose={onClose} format={format} messages={messages} />
      )}
      <PackOptions
        packs={sold}
        showsUnitPrice={parts?.unitPrice !== false}
        value={pack.id}
        onChange={setChosen}
        disabled={isSent}
        label={format.currency ? messages.amountOfMoney : messages.packs}
        format={format}
      />
      <div className="uk-purchase-what">
        {parts?.balance !== false && (
          <BalanceAfter offer={offer} pack={pack} format={format} messages={messages} />
        )}
        <p className="uk-caption">{endOf(pack, offer, format, messages)}</p>
      </div>
      <TaxedPrice pack={pack} format={format} messages={messages} />
      {needsMethod ? (
        <PaymentMethodNotice
          paymentMethod={paymentMethod?.confirmed ? null : (paymentMethod ?? null)}
          session={payment}
        />
      ) : (
        <BuyRow
          pack={pack}
          offer={offer}
          flow={flow}
          isSent={isSent}
          payment={payment}
          onClose={onClose}
          format={format}
          messages={messages}
        />
      )}
    </div>
  );
}

/** When credits bought now expire. */
function endOf(
  { expiresAfterDays: days }: CreditPack,
  { asOf }: PurchaseOffer,
  format: Format,
  messages: Messages['purchaseDialog'],
): string {
  if (days === null) return messages.neverExpires;
  const endsAt = instantOf(Date.parse(asOf) + days * msPerDay);
  return unbroken(messages.expires(days, format.number(days), format.date(endsAt, asOf)));
}

interface PartProps {
  offer: PurchaseOffer;
  pack: CreditPack;
  format: Format;
  messages: Messages['purchaseDialog'];
}

/** The present balance, the pack's credits and the new balance, as a visible sum. */
function BalanceAfter({ offer, pack, format, messages }: PartProps) {
  const { available, debt } = offer;
  const after = availableAfter(available, debt, pack);
  const decimals = columnDecimals([available, pack.credits, pack.bonus, debt, after]);
  const added = format.currency ? messages.amountOfMoney : messages.pack;
  const lines: [string, ShortFigure][] = [
    [messages.availableNow, format.figure(available, 'credits', decimals)],
    [added, format.signed(pack.credits, 'credits', decimals)],
  ];
  if (signOf(pack.bonus) > 0)
    lines.push([messages.bonusLine, format.signed(pack.bonus, 'credits', decimals)]);
  if (signOf(debt) > 0) lines.push([messages.debtLine, format.signed(`-${debt}`, 'credits', decimals)]);
  return (
    <dl className="uk-sum">
      {lines.map(([name, figure]) => (
        <div key={name} className="uk-sum-line">
          <dt className="uk-muted">{name}</dt>
          <dd className="uk-figures">
            <Amount value={figure} />
          </dd>
        </div>
      ))}
      <div className="uk-sum-line uk-sum-total">
        <dt className="uk-strong">{messages.availableAfter}</dt>
        <dd className="uk-strong uk-figures">
          <Amount value={format.figure(after, 'credits', decimals)} />
        </dd>
      </div>
    </dl>
  );
}

/** Of a pack that bears tax: its price, each tax and the total that is charged. */
function TaxedPrice({ pack, format, messages }: Omit<PartProps, 'offer'>) {
  const { price, taxes = [], total } = pack;
  if (!price || !total || taxes.length === 0) return null;
  return (
    <dl className="uk-sum">
      {[{ label: messages.beforeTax, amount: price }, ...taxes].map(({ label, amount }) => (
        <div key={label} className="uk-sum-line">
          <dt className="uk-muted">{label}</dt>
          <dd className="uk-figures">{exactMoney(amount, format)}</dd>
        </div>
      ))}
      <div className="uk-sum-line uk-sum-total">
        <dt className="uk-strong">{messages.total}</dt>
        <dd className="uk-strong uk-figures">{exactMoney(total, format)}</dd>
      </div>
    </dl>
  );
}

interface BuyRowProps extends PartProps {
  flow: PurchaseFlow;
  isSent: boolean;
  payment: PaymentSessionFlow;
  onClose: () => void;
}

function BuyRow({ offer, pack, flow, isSent, payment, onClose, format, messages }: BuyRowProps) {
  const payments = useMessages('payment', paymentMessages);
  const { paymentMethod } = offer;
  const charge = packCharge(pack);
  if (charge === null) return null;
  const price = writePrice(charge, format);
  const { currency } = format;
  const words =
    currency && isAtPar({ ...pack, price: charge }, currency)
      ? messages.buyAtPar
      : currency
        ? messages.buyOfMoney
        : flow.status === 'failed'
          ? messages.buyAgain
          : messages.buy;
  return (
    <>
      {paymentMethod && (
        <PaymentMethodLine
          text={payments.payWith(payments.method(paymentMethod.brand, paymentMethod.lastFour))}
          session={payment}
        />
      )}
      <div className="uk-dialog-foot">
        <Button onClick={onClose}>{isSent ? messages.close : messages.cancel}</Button>
        <Button
          kind="primary"
          aria-disabled={isSent || undefined}
          aria-busy={isSent || undefined}
          onClick={() => {
            if (!isSent) void flow.buy(pack.id, charge);
          }}
        >
          {isSent ? messages.paying(price) : words(format.amount(pack.credits, 'credits').exact, price)}
        </Button>
      </div>
    </>
  );
}
