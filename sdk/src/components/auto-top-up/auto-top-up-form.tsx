'use client';
import type { AutoTopUp, AutoTopUpInput, CreditPack, DecimalString } from '@usagekit/server/contract';
import { type FormEvent, useState } from 'react';
import { packCharge, packTotal } from '../../derive/credits/pack-price.ts';
import { toMillionths } from '../../derive/decimal.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import type { PaymentSessionFlow } from '../../hooks/invoices/use-payment-session.ts';
import { autoTopUpMessages } from '../../messages/credits/auto-top-up.ts';
import { paymentMessages } from '../../messages/invoices/payment.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Button } from '../parts/controls/button.tsx';
import { TextField } from '../parts/controls/text-field.tsx';
import { Icon } from '../parts/icons/icon.tsx';
import { warningIcon } from '../parts/icons/level-icons.ts';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import { Notice } from '../parts/widget/notice.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { PaymentMethodLine } from '../payment-method/payment-method-line.tsx';
import { PaymentMethodNotice } from '../payment-method/payment-method-notice.tsx';
import { PackOptions } from '../purchase-dialog/pack-options.tsx';
import { EmptyState } from '../states/empty-state.tsx';
import {
  type AutoTopUpDraft,
  capOf,
  draftOf,
  inputOf,
  mostPerCycle,
  thresholdOf,
} from './auto-top-up-draft.ts';

export interface AutoTopUpFormProps {
  /** The settings as they are. */
  topUp: AutoTopUp;
  /** Packs that can be bought by themselves. */
  packs: CreditPack[];
  /** To say when the first charge would follow at once. */
  available?: DecimalString | undefined;
  /** Whether a change is being saved. */
  isSaving: boolean;
  /** Whether the last change could not be saved. */
  hasFailed: boolean;
  /** Whether that was since the price has gone up meanwhile. */
  isDearer?: boolean | undefined;
  /** Called with the settings that are wanted. */
  onSave: (input: AutoTopUpInput) => void;
  /** Called when it is closed. */
  onClose: () => void;
  /** Leads to the page on which a payment method is entered. */
  payment: PaymentSessionFlow;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
}

/**
 * The settings of auto top-up. What will be charged unasked, and how much of it, stands before the button that allows
 * it. Renders a `form`. Reads messages.
 */
export function AutoTopUpForm(props: AutoTopUpFormProps) {
  const partClass = usePartClass();
  const { topUp, packs, isSaving, hasFailed, isDearer, onSave, onClose, payment, format } = props;
  const messages = useMessages('autoTopUp', autoTopUpMessages);
  const payments = useMessages('payment', paymentMessages);
  const sold = packs.filter(({ price }) => price !== null);
  const [draft, setDraft] = useState(() => draftOf(topUp, sold, format));
  const change = (fields: Partial<AutoTopUpDraft>) => setDraft((before) => ({ ...before, ...fields }));
  const pack = sold.find(({ id }) => id === draft.packId);
  const charge = pack && packCharge(pack);
  if (!pack || !charge) return <EmptyState title={messages.emptyTitle} detail={messages.emptyDetail} />;

  const { paymentMethod } = topUp;
  const threshold = thresholdOf(draft, format);
  const bought = packTotal(pack);
  // Each crossing buys once, so the server refuses what one charge cannot reach. Turning it off is always possible.
  const isOutOfReach =
    draft.enabled && threshold !== undefined && toMillionths(threshold) > toMillionths(bought);
  const input = isOutOfReach ? undefined : inputOf(draft, format);
  const cap = capOf(draft, format);
  const needsMethod = draft.enabled && paymentMethod?.confirmed !== true;
  const cannotSave = isSaving || needsMethod || input === undefined;
  const price = writePrice(charge, format);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!cannotSave && input) onSave(draft.enabled ? { ...input, expectedTotal: charge } : input);
  };
  return (
    <form className="uk-form" onSubmit={save} noValidate>
      <button
        type="button"
        role="switch"
        className={partClass('switch', 'uk-form-switch')}
        aria-checked={draft.enabled}
        onClick={() => change({ enabled: !draft.enabled })}
      >
        {messages.enabled}
        <span className="uk-switch-track">
          <span className="uk-switch-thumb" />
        </span>
      </button>
      {draft.enabled && (
        <>
          <TextField
            label={messages.threshold}
            unit={messages.thresholdUnit(topUp.unit.currency ?? format.unit(threshold ?? '2', 'credits'))}
            value={draft.threshold}
            onChange={(text) => change({ threshold: text })}
            problem={
              threshold === undefined
                ? messages.thresholdInvalid(format.number('1000'), format.number('12.5'))
                : isOutOfReach
                  ? messages.thresholdOutOfReach(format.amount(bought, 'credits').exact)
                  : undefined
            }
          />
          <div className="uk-field">
            <p className="uk-field-name">{messages.pack}</p>
            <PackOptions
              packs={sold}
              value={draft.packId}
              onChange={(packId) => change({ packId })}
              label={messages.pack}
              format={format}
            />
          </div>
          <div className="uk-field">
            <label className="uk-check-line">
              <input
                type="checkbox"
                className="uk-check"
                checked={draft.isCapped}
                onChange={(event) => change({ isCapped: event.target.checked })}
              />
              {messages.capSwitch}
            </label>
            {draft.isCapped && (
              <TextField
                label={messages.capLabel}
                unit={messages.capUnit(cap ?? 2)}
                value={draft.cap}
                onChange={(text) => change({ cap: text })}
                problem={cap === undefined ? messages.capInvalid : undefined}
              />
            )}
          </div>
          {needsMethod ? (
            <PaymentMethodNotice paymentMethod={paymentMethod} session={payment} />
          ) : (
            paymentMethod && (
              <>
                <div className="uk-field">
                  <p className="uk-field-name">{messages.method}</p>
                  <PaymentMethodLine
                    text={payments.method(paymentMethod.brand, paymentMethod.lastFour)}
                    session={payment}
                  />
                </div>
                <ChargeWarning {...props} draft={draft} pack={pack} input={input} />
              </>
            )
          )}
        </>
      )}
      {hasFailed && (
        <p className="uk-problem" role="alert">
          {isDearer ? messages.totalChanged : messages.saveFailed}
        </p>
      )}
      <div className="uk-dialog-foot">
        <Button onClick={onClose}>{messages.cancel}</Button>
        <button
          type="submit"
          className={partClass('button')}
          data-kind="primary"
          aria-disabled={cannotSave || undefined}
          aria-busy={isSaving || undefined}
        >
          {isSaving ? messages.saving : draft.enabled ? messages.saveOn(price) : messages.save}
        </button>
      </div>
    </form>
  );
}

interface ChargeWarningProps extends AutoTopUpFormProps {
  draft: AutoTopUpDraft;
  pack: CreditPack;
  input: AutoTopUpInput | undefined;
}

/** That charges happen unasked, of what size, how often at most, and whether the first is about to. */
function ChargeWarning({ topUp, available, pack, input, format }: ChargeWarningProps) {
  const messages = useMessages('autoTopUp', autoTopUpMessages);
  const payments = useMessages('payment', paymentMessages);
  const { paymentMethod } = topUp;
  const charge = packCharge(pack);
  if (!charge || !paymentMethod || !input) return null;
  const method = payments.method(paymentMethod.brand, paymentMethod.lastFour);
  const isBelow = available !== undefined && toMillionths(available) < toMillionths(input.threshold);
  const cap = input.chargesPerCycleMax ?? null;
  return (
    <Notice tone="warning" role="status">
      <Icon drawing={warningIcon} />
      <div className="uk-notice-body">
        <p className="uk-strong">{messages.warning(writePrice(charge, format), method)}</p>
        <p className="uk-text">
          {unbroken(messages.warningDetail(format.amount(input.threshold, 'credits').exact))}{' '}
          {cap === null
            ? messages.warningUncapped
            : unbroken(messages.warningCapped(writePrice(mostPerCycle(charge, cap), format)))}
        </p>
        {isBelow && (
          <p className="uk-text uk-strong">
            {unbroken(messages.warningNow(format.amount(available, 'credits').exact))}
          </p>
        )}
      </div>
    </Notice>
  );
}
