'use client';
import { useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { parseAmount, typedAmount } from '../../format/parse-amount.ts';
import type { SubscriptionChangeFlow } from '../../hooks/subscription/use-subscription-change.ts';
import { limitEditorMessages } from '../../messages/limits/limit-editor.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { Dialog } from '../parts/controls/dialog.tsx';
import { Segments } from '../parts/controls/segments.tsx';
import { AmountField } from '../subscription-change/amount-field.tsx';
import { SettingContent } from '../subscription-change/setting-dialog.tsx';
import type { LimitedMeter } from './limit-editor.tsx';

/** Props of the dialog that sets a limit of the account's own. */
export interface LimitDialogProps {
  /** The metric with its limit. */
  meter: LimitedMeter;
  /** The change that it makes, with its state. */
  flow: SubscriptionChangeFlow;
  /** Writes figures and dates as the reader's language does. */
  format: Format;
  /** Called when it is closed. */
  onClose: () => void;
}

/** The limit that the account sets itself, and what it would stop. Renders a modal `dialog`. Reads messages. */
export function LimitDialog(props: LimitDialogProps) {
  const { meter, format, onClose } = props;
  const messages = useMessages('limitEditor', limitEditorMessages);
  const { label, used, unit } = meter;
  return (
    <Dialog
      title={messages.open(label)}
      caption={used !== null && messages.used(format.amount(used, unit).exact)}
      onClose={onClose}
    >
      <LimitContent {...props} />
    </Dialog>
  );
}

/** The dialog's content. Renders a `div`. Reads messages. */
export function LimitContent({ meter, flow, format, onClose }: LimitDialogProps) {
  const messages = useMessages('limitEditor', limitEditorMessages);
  // Kept while the dialog is open: what it did changes the figures behind it.
  const [{ metric, label, unit, ownLimit }] = useState(meter);
  const [isLimited, setLimited] = useState(true);
  const [typed, setTyped] = useState(ownLimit === null ? '' : typedAmount(ownLimit, format.locale));
  const limit = isLimited ? parseAmount(typed, format.locale) : null;
  const command =
    limit === undefined || limit === ownLimit ? undefined : ({ kind: 'own_limit', metric, limit } as const);
  const written = format.amount(limit ?? '0', unit).exact;
  return (
    <SettingContent
      flow={flow}
      command={command}
      onClose={onClose}
      labelOf={(id) => (id === metric ? label : id)}
      format={format}
      fields={
        <div className="uk-form">
          {ownLimit !== null && (
            <Segments
              label={messages.choice}
              segments={[
                { value: 'stop', label: messages.stop },
                { value: 'none', label: messages.none },
              ]}
              value={isLimited ? 'stop' : 'none'}
              onChange={(value) => setLimited(value === 'stop')}
            />
          )}
          {isLimited && (
            <AmountField
              label={messages.field}
              unit={unit}
              typed={typed}
              onType={setTyped}
              isInvalid={limit === undefined && typed !== ''}
              invalid={messages.invalid}
              format={format}
            />
          )}
          <p className="uk-caption">{isLimited ? messages.detail : messages.noneDetail}</p>
        </div>
      }
      buttonOf={() => (isLimited ? messages.confirm(written) : messages.confirmNone)}
      outcomeOf={() => (isLimited ? messages.set(written) : messages.removed)}
    />
  );
}
