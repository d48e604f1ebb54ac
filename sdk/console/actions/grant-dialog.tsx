import { createFormat } from '@usagekit/react';
import type { Account } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
import { operator } from '../api/client.ts';
import { ChangeForm } from '../parts/change-form.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { amountProblem } from './amount-problem.ts';

interface GrantDialogProps {
  account: Account;
  onDone: () => void;
  onClose: () => void;
}

const dayMs = 86_400_000;
const format = createFormat();

export function GrantDialog({ account, onDone, onClose }: GrantDialogProps) {
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  const [days, setDays] = useState('');
  const missing = amountProblem(amount, reason) ?? daysProblem(days);
  return (
    <Dialog title={`Grant credits to ${account.name}`} onClose={onClose}>
      <ChangeForm
        action={
          amountProblem(amount, 'any') === undefined
            ? `Grant ${format.number(amount)} credits`
            : 'Grant credits'
        }
        missing={missing}
        onDone={onDone}
        onCancel={onClose}
        send={(idempotencyKey) =>
          operator.request({
            method: 'POST',
            path: paths.grants(account.id),
            idempotencyKey,
            body: {
              amount,
              unit: 'credits',
              reason: reason.trim(),
              ...(days === ''
                ? {}
                : { expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString() }),
            },
          })
        }
      >
        <Field label="Credits" value={amount} onChange={setAmount} inputMode="decimal" autoFocus required />
        <Field label="Reason" value={reason} onChange={setReason} required />
        <Field
          label="Ends after so many days"
          value={days}
          onChange={setDays}
          inputMode="decimal"
          hint="Left empty they never end."
        />
      </ChangeForm>
    </Dialog>
  );
}

function daysProblem(days: string): string | undefined {
  return days === '' || /^[1-9]\d{0,4}$/.test(days) ? undefined : 'Name whole days, or none.';
}
