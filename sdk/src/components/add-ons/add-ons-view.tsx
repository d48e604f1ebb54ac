'use client';
import type { SubscribedAddOn, Subscription } from '@usagekit/server/contract';
import { useState } from 'react';
import { takeLeftChange } from '../../client/credits/way-back.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { Resource } from '../../hooks/base/resource.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { addOnsMessages } from '../../messages/subscription/add-ons.ts';
import { subscriptionChangeMessages } from '../../messages/subscription/subscription-change.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { asWidget } from '../parts/widget/as-widget.tsx';
import type { PartsOf } from '../parts/widget/optional-parts.ts';
import type { WidgetProps } from '../parts/widget/widget-root.tsx';
import { facts } from '../parts/words/facts.tsx';
import { LazyMissingMethod } from '../payment-method/lazy-missing-method.ts';
import { EditedRows } from '../subscription-change/edited-rows.tsx';
import { QuantityField } from '../subscription-change/quantity-field.tsx';
import { SettingDialog } from '../subscription-change/setting-dialog.tsx';
import { SettingRow, SettingsFrame } from '../subscription-change/settings-frame.tsx';
import { writeConfirm } from '../subscription-change/write-confirm.ts';

export interface AddOnsViewProps extends WidgetProps {
  /** Parts to leave out, such as `{ description: false }`. */
  parts?: PartsOf<'AddOns'> | undefined;
  /** What is shown, with its state while it loads or fails. */
  resource: Resource<Subscription>;
  /** The change that a choice begins; without it nothing can be changed. */
  flow?: SubscriptionChangeFlow | undefined;
}

/**
 * Add-ons with what each brings, its price and how many are held, and adding and removing them. Renders a `section`. Reads locale
 * and messages.
 */
export const AddOnsView = asWidget(function AddOnsView(props: AddOnsViewProps) {
  const { resource, flow, parts, headingLevel } = props;
  const messages = useMessages('addOns', addOnsMessages);
  return (
    <SettingsFrame
      name="add-ons"
      words={messages}
      resource={resource}
      headingLevel={headingLevel}
      isEmpty={({ addOns }) => addOns.length === 0}
    >
      {(plan, format) => (
        <EditedRows
          items={plan.addOns}
          idOf={({ addOnId }) => addOnId}
          row={(addOn, edit) => (
            <AddOnRow
              addOn={addOn}
              plan={plan}
              format={format}
              parts={parts}
              onChange={flow && plan.canManage && parts?.actions !== false ? edit : undefined}
            />
          )}
          dialog={(addOn, close, left) =>
            flow && <AddOnDialog addOn={addOn} left={left} flow={flow} format={format} onClose={close} />
          }
          takeLeft={flow && takeLeftAddOn}
        />
      )}
    </SettingsFrame>
  );
});

function takeLeftAddOn() {
  const left = takeLeftChange('add_on');
  return left && { id: left.addOnId, quantity: left.quantity };
}

interface AddOnRowProps extends Pick<AddOnsViewProps, 'parts'> {
  addOn: SubscribedAddOn;
  plan: Subscription;
  format: Format;
  onChange: (() => void) | undefined;
}

function AddOnRow({ addOn, plan, format, parts, onChange }: AddOnRowProps) {
  const messages = useMessages('addOns', addOnsMessages);
  const { label, description, quantity, quantityNext, quantityMax, price, allowance } = addOn;
  const date = format.date(plan.periodEndsAt, plan.asOf);
  const does = quantityNext === 0 ? 'add' : quantityMax === 1 ? 'remove' : 'change';
  return (
    <SettingRow
      name={label}
      lines={[
        parts?.description !== false && description,
        facts(
          parts?.allowance !== false &&
            allowance &&
            messages.brings(format.amount(allowance.quantity, allowance.unit).exact),
          parts?.price !== false &&
            price &&
            messages.each[plan.interval ?? 'month'](writePrice(price, format)),
        ),
        quantityNext !== quantity &&
          (quantityNext === 0 ? messages.endsOn(date) : messages.next(format.number(quantityNext), date)),
      ]}
      value={
        quantity > 0 && (
          <span className="uk-strong">
            {quantityMax === 1 ? messages.on : messages.held(format.number(quantity))}
          </span>
        )
      }
      actions={
        onChange && (
          <Button aria-label={messages[`${does}Of`](label)} onClick={onChange}>
            {messages[does]}
          </Button>
        )
      }
    />
  );
}

interface AddOnDialogProps {
  addOn: SubscribedAddOn;
  /** The quantity with which the page was left for a payment method. */
  left: number | undefined;
  flow: SubscriptionChangeFlow;
  format: Format;
  onClose: () => void;
}

function AddOnDialog({ addOn, left, flow, format, onClose }: AddOnDialogProps) {
  const messages = useMessages('addOns', addOnsMessages);
  const shared = useMessages('subscriptionChange', subscriptionChangeMessages);
  // Kept while the dialog is open: what it did changes the figures behind it.
  const [{ addOnId, label, quantity: held, quantityNext, quantityMax, description }] = useState(addOn);
  const isOnOrOff = quantityMax === 1;
  const [initial] = useState(left ?? (isOnOrOff ? 1 - quantityNext : Math.max(1, quantityNext)));
  const [quantity, setQuantity] = useState<number | undefined>(initial);
  const command =
    quantity === undefined || quantity === quantityNext
      ? undefined
      : ({ kind: 'add_on', addOnId, quantity } as const);
  const does = quantityNext === 0 ? 'add' : quantity === 0 ? 'remove' : 'change';
  const written = format.number(quantity ?? quantityNext);
  const isMore = quantity !== undefined && quantity > held && held > 0;
  const button =
    isOnOrOff || quantity === 0
      ? messages[`${does}Of`](label)
      : isMore
        ? messages.confirmMore(format.number(quantity - held))
        : messages.confirm(written);
  return (
    <SettingDialog
      missingMethod={LazyMissingMethod}
      title={messages[`${does}Of`](label)}
      caption={description}
      flow={flow}
      command={command}
      onClose={onClose}
      format={format}
      fields={
        isOnOrOff ? undefined : (
          <QuantityField
            label={messages.field}
            initial={initial}
            least={0}
            most={quantityMax >= Number.MAX_SAFE_INTEGER ? null : quantityMax}
            onChange={setQuantity}
            format={format}
          />
        )
      }
      buttonOf={(change) => writeConfirm(button, change, format, shared)}
      outcomeOf={({ takesEffect, effectiveAt, asOf }) =>
        takesEffect === 'now'
          ? messages.changed(written, label)
          : messages.changesOn(written, label, format.date(effectiveAt, asOf))
      }
    />
  );
}
