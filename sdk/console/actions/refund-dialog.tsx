import { createFormat } from '@usagekit/react';
import type { Account, Charge } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
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

const format = createFormat();

export function RefundDialog({ account, charge, onDone, onClose }: RefundDialogProps) {
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
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
            body: { reason: reason.trim(), ...(amount === '' ? {} : { amount }) },
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
        <Field label="Reason" value={reason} onChange={setReason} required />
      </ChangeForm>
    </Dialog>
  );
}
