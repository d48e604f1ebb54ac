'use client';
import type { SubscribedSeats, Subscription } from '@usagekit/server/contract';
import { useState } from 'react';
import { takeLeftChange } from '../../client/credits/way-back.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { seatsMessages } from '../../messages/subscription/seats.ts';
import { subscriptionChangeMessages } from '../../messages/subscription/subscription-change.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { MeterBar } from '../meter/meter-bar.tsx';
import { Beyond } from '../parts/bars/beyond.tsx';
import { Button } from '../parts/controls/button.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { facts } from '../parts/words/facts.tsx';
import { LazyMissingMethod } from '../payment-method/lazy-missing-method.ts';
import { EditedRows } from '../subscription-change/edited-rows.tsx';
import { QuantityField } from '../subscription-change/quantity-field.tsx';
import { quantityWords } from '../subscription-change/quantity-words.ts';
import { SettingDialog } from '../subscription-change/setting-dialog.tsx';
import { SettingRow, SettingsFrame } from '../subscription-change/settings-frame.tsx';

export interface SeatsViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ price: false }`. */
  parts?: PartsOf<'Seats'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Subscription>;
  /** The change that a choice begins; without it nothing can be changed. */
  flow?: SubscriptionChangeFlow | undefined;
}

/**
 * Seats by kind: how many are taken, included and bought, and buying more or fewer. Renders a `section`. Reads locale and
 * messages.
 */
export const SeatsView = asWidget(function SeatsView(props: SeatsViewProps) {
  const { resource, flow, parts, headingLevel } = props;
  const messages = useMessages('seats', seatsMessages);
  return (
    <SettingsFrame
      name="seats"
      words={messages}
      resource={resource}
      headingLevel={headingLevel}
      isEmpty={({ seats }) => seats.length === 0}
    >
      {(plan, format) => (
        <EditedRows
          items={plan.seats}
          idOf={({ seatType }) => seatType}
          row={(seats, edit) => (
            <SeatsRow
              seats={seats}
              plan={plan}
              format={format}
              parts={parts}
              onChange={flow && plan.canManage && seats.price && parts?.actions !== false ? edit : undefined}
            />
          )}
          dialog={(seats, close, left) =>
            flow && <SeatsDialog seats={seats} left={left} flow={flow} format={format} onClose={close} />
          }
          takeLeft={flow && takeLeftSeats}
        />
      )}
    </SettingsFrame>
  );
});

function takeLeftSeats() {
  const left = takeLeftChange('seats');
  return left && { id: left.seatType, quantity: left.quantity };
}

interface SeatsRowProps extends Pick<SeatsViewProps, 'parts'> {
  seats: SubscribedSeats;
  plan: Subscription;
  format: Format;
  onChange: (() => void) | undefined;
}

function SeatsRow({ seats, plan, format, parts, onChange }: SeatsRowProps) {
  const messages = useMessages('seats', seatsMessages);
  const { label, included, bought, boughtNext, taken, price } = seats;
  const { number } = format;
  const total = included === null ? null : included + bought;
  const bounds =
    included === null
      ? [messages.unbounded]
      : [messages.included(number(included)), bought > 0 && messages.bought(number(bought))];
  return (
    <SettingRow
      name={label}
      lines={[
        parts?.price !== false &&
          facts(...bounds, price && messages.each[plan.interval ?? 'month'](writePrice(price, format))),
        boughtNext !== bought && messages.next(number(boughtNext), format.date(plan.periodEndsAt, plan.asOf)),
        total !== null && taken >= total && messages.full,
      ]}
      value={
        <>
          <span className="uk-strong">{number(taken)}</span>
          {total !== null && ` / ${number(total)}`} {messages.unit(total ?? taken)}
        </>
      }
      actions={
        onChange && (
          <Button aria-label={messages.changeOf(label)} onClick={onChange}>
            {messages.change}
          </Button>
        )
      }
    >
      {parts?.bar !== false && total !== null && total > 0 && (
        <MeterBar
          Beyond={Beyond}
          size="thin"
          label={label}
          level="ok"
          percent={Math.min(100, (taken / total) * 100)}
          valueText={`${number(taken)} / ${number(total)} ${messages.unit(total)}`}
        />
      )}
    </SettingRow>
  );
}

interface SeatsDialogProps {
  seats: SubscribedSeats;
  /** The quantity with which the page was left for a payment method. */
  left: number | undefined;
  flow: SubscriptionChangeFlow;
  format: Format;
  onClose: () => void;
}

function SeatsDialog({ seats, left, flow, format, onClose }: SeatsDialogProps) {
  const messages = useMessages('seats', seatsMessages);
  const shared = useMessages('subscriptionChange', subscriptionChangeMessages);
  // Kept while the dialog is open: what it did changes the figures behind it.
  const [{ seatType, label, included, bought, boughtNext, max, taken }] = useState(seats);
  const [quantity, setQuantity] = useState<number | undefined>(left ?? boughtNext);
  const command =
    quantity === undefined || quantity === boughtNext
      ? undefined
      : ({ kind: 'seats', seatType, quantity } as const);
  const written = format.number(quantity ?? boughtNext);
  const whole = included ?? 0;
  return (
    <SettingDialog
      missingMethod={LazyMissingMethod}
      title={messages.changeOf(label)}
      flow={flow}
      command={command}
      onClose={onClose}
      format={format}
      fields={
        <QuantityField
          label={messages.field}
          unit={quantity === undefined ? undefined : messages.total(format.number(whole + quantity))}
          initial={left ?? boughtNext}
          least={Math.max(0, taken - whole)}
          most={max === null ? null : max - whole}
          onChange={setQuantity}
          format={format}
        />
      }
      {...quantityWords({ words: messages, shared, held: bought, quantity, written, format })}
    />
  );
}
