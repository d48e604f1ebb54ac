'use client';
import { type AlertAmount, apiBounds, type DecimalString } from '@usagekit/server/contract';
import { useRef, useState } from 'react';
import { fromMillionths, toMillionths } from '../../derive/decimal.ts';
import type { Format } from '../../format/create-format.ts';
import { typedAmount } from '../../format/parse-amount.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { alertEditorMessages } from '../../messages/limits/alert-editor.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { TextField } from '../parts/controls/text-field.tsx';
import { useKeptFocus } from '../parts/controls/use-kept-focus.ts';
import { AmountField, parsePositive } from '../subscription-change/amount-field.tsx';
import { SettingContent } from '../subscription-change/setting-dialog.tsx';
import { SettingRow } from '../subscription-change/settings-frame.tsx';
import type { AlertedMeter } from './alert-editor.tsx';

export interface AlertContentProps {
  /** The metric with its alerts. */
  meter: AlertedMeter;
  /** The amounts that are set, ascending. */
  amounts: readonly AlertAmount[];
  /** Where alerts are mailed to; null nowhere. */
  email: string | null;
  /** The change that it makes, with its state. */
  flow: SubscriptionChangeFlow;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** Called when it is closed. */
  onClose: () => void;
}

/** The dialog's content: the thresholds, then the address. Renders a `div`. Reads messages. */
export function AlertContent(props: AlertContentProps) {
  const [isAddress, setAddress] = useState(false);
  // Each form begins a change of its own.
  const { close } = props.flow;
  return isAddress ? (
    <AddressForm {...props} />
  ) : (
    <AmountsForm
      {...props}
      onAddress={() => {
        close();
        setAddress(true);
      }}
    />
  );
}

function AmountsForm(props: AlertContentProps & { onAddress: () => void }) {
  const { flow, format, onClose, onAddress, email } = props;
  const messages = useMessages('alertEditor', alertEditorMessages);
  // Kept while the dialog is open: what it did changes the figures behind it.
  const [{ metric, label, unit, included }] = useState(props.meter);
  const [before] = useState(props.amounts);
  const [kept, setKept] = useState(() => before.map(({ amount }) => amount));
  const [typed, setTyped] = useState(() =>
    before.length === 0 && included !== null ? typedAmount(mostOf(included), format.locale) : '',
  );
  const form = useRef<HTMLDivElement>(null);
  useKeptFocus(form, kept);
  const added = parsePositive(typed, format);
  const isFull = kept.length >= apiBounds.alertsPerMetricMax;
  const amounts = added === undefined || isFull ? kept : withAmount(kept, added);
  const isInvalid = typed !== '' && added === undefined;
  const isSame = amounts.join() === before.map(({ amount }) => amount).join();
  return (
    <SettingContent
      flow={flow}
      command={isInvalid || isSame ? undefined : { kind: 'alerts', metric, amounts }}
      onClose={onClose}
      labelOf={(id) => (id === metric ? label : id)}
      format={format}
      fields={
        <div ref={form} className="uk-form">
          {kept.length > 0 && (
            <div className="uk-settings">
              {kept.map((amount) => {
                const written = format.amount(amount, unit).exact;
                return (
                  <SettingRow
                    key={amount}
                    name={messages.at(written)}
                    lines={[before.some((each) => each.amount === amount && each.told) && messages.told]}
                    actions={
                      <Button
                        kind="quiet"
                        aria-label={messages.removeOf(written)}
                        onClick={() => setKept(kept.filter((each) => each !== amount))}
                      >
                        {messages.remove}
                      </Button>
                    }
                  />
                );
              })}
            </div>
          )}
          {isFull ? (
            <p className="uk-caption">{messages.most(format.number(apiBounds.alertsPerMetricMax))}</p>
          ) : (
            <AmountField
              label={messages.field}
              unit={unit}
              typed={typed}
              onType={setTyped}
              isInvalid={isInvalid}
              invalid={messages.invalid}
              format={format}
            />
          )}
          {added !== undefined && !isFull && (
            <p className="uk-text">
              <LinkButton
                onClick={() => {
                  setKept(withAmount(kept, added));
                  setTyped('');
                }}
              >
                {messages.add}
              </LinkButton>
            </p>
          )}
          <p className="uk-caption">{messages.detail}</p>
          <p className="uk-caption">
            {email === null ? messages.mailedToNobody : messages.mailedTo(email)}
            {'\u00a0· '}
            <LinkButton onClick={onAddress}>{messages.changeAddress}</LinkButton>
          </p>
        </div>
      }
      buttonOf={() => messages.confirm}
      outcomeOf={() => (amounts.length === 0 ? messages.none : messages.saved)}
    />
  );
}

function AddressForm({ email, flow, format, onClose }: AlertContentProps) {
  const messages = useMessages('alertEditor', alertEditorMessages);
  const [before] = useState(email);
  const [typed, setTyped] = useState(email ?? '');
  const form = useRef<HTMLDivElement>(null);
  useKeptFocus(form);
  const address = typed.trim();
  const isInvalid = address !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(address);
  const next = address === '' ? null : address;
  return (
    <SettingContent
      flow={flow}
      command={isInvalid || next === before ? undefined : { kind: 'alert_email', email: next }}
      onClose={onClose}
      format={format}
      fields={
        <div ref={form} className="uk-form">
          <TextField
            label={messages.address}
            value={typed}
            onChange={setTyped}
            inputMode="email"
            problem={isInvalid ? messages.addressInvalid : undefined}
          />
          <p className="uk-caption">{messages.addressDetail}</p>
        </div>
      }
      buttonOf={() => messages.confirmAddress}
      outcomeOf={() => messages.addressSaved}
    />
  );
}

/** The suggested first threshold: four fifths of the allowance, in whole units if that is one or more. */
function mostOf(included: DecimalString): DecimalString {
  const millionths = (toMillionths(included) * 4n) / 5n;
  const whole = millionths - (millionths % 1_000_000n);
  return fromMillionths(whole > 0n ? whole : millionths);
}

function withAmount(amounts: readonly DecimalString[], added: DecimalString): DecimalString[] {
  if (amounts.includes(added)) return [...amounts];
  return [...amounts, added].sort((a, b) => (toMillionths(a) < toMillionths(b) ? -1 : 1));
}
