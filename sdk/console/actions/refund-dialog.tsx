import { createFormat } from '@usagekit/react';
import type { Account, Charge, RefundRequest } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useId, useState } from 'react';
import { operator } from '../api/client.ts';
import { ChangeForm } from '../parts/change-form.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { amountProblem, reasonProblem } from './amount-problem.ts';

interface RefundDialogProps {
  account: Account;
  charge: Charge;
  onDone: () => void;
  onClose: () => void;
}

type Credits = NonNullable<RefundRequest['credits']>;

const creditsWords: Readonly<Record<Credits, string>> = {
  take_back: 'Take back, and let what was spent be owed',
  take_back_unspent: 'Take back what was not spent',
  keep: 'Keep them',
};
const format = createFormat();

export function RefundDialog({ account, charge, onDone, onClose }: RefundDialogProps) {
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [credits, setCredits] = useState<Credits>('take_back');
  const creditsId = useId();
  const isPurchase = charge.purpose === 'purchase';
  const { currency } = charge.amount;
  const missing = amount === '' ? reasonProblem(reason) : amountProblem(amount, reason);
  const isKnown = amount !== '' && amountProblem(amount, 'any') === undefined;
  return (
    <Dialog title={`Refund ${charge.description}`} onClose={onClose}>
      <ChangeForm
        action={isKnown ? `Refund ${format.money({ amount, currency })}` : 'Refund what is left'}
        kind="danger"
        missing={missing}
        onDone={onDone}
        onCancel={onClose}
        send={(idempotencyKey) =>
          operator.request({
            method: 'POST',
            path: paths.refunds(account.id, charge.id),
            idempotencyKey,
            body: {
              reason: reason.trim(),
              ...(amount === '' ? {} : { amount }),
              ...(isPurchase ? { credits } : {}),
            },
          })
        }
      >
        <p className="facts">
          {format.money(charge.amount)} was charged
          {Number(charge.refunded.amount) > 0 &&
            `, and ${format.money(charge.refunded)} was given back already`}
          .
        </p>
        <Field
          label={`Amount in ${currency}`}
          value={amount}
          onChange={setAmount}
          inputMode="decimal"
          hint="Left empty it is all that is left of the charge."
          autoFocus
        />
        {isPurchase && (
          <div className="field">
            <label htmlFor={creditsId}>The credits that it bought</label>
            <select
              id={creditsId}
              value={credits}
              onChange={(event) => setCredits(event.target.value as Credits)}
            >
              {Object.entries(creditsWords).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </div>
        )}
        <Field label="Reason" value={reason} onChange={setReason} required />
      </ChangeForm>
    </Dialog>
  );
}
