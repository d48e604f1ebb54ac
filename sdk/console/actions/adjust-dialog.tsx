import { createFormat } from '@usagekit/react';
import type { Account } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
import { operator } from '../api/client.ts';
import { ChangeForm } from '../parts/change-form.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { amountProblem } from './amount-problem.ts';

interface AdjustDialogProps {
  account: Account;
  onDone: () => void;
  onClose: () => void;
}

const format = createFormat();

export function AdjustDialog({ account, onDone, onClose }: AdjustDialogProps) {
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  // A keyboard or a copied figure may bring the sign that typographers use.
  const amount = text.trim().replace('−', '-');
  const missing = amountProblem(amount, reason, { isSigned: true });
  const isKnown = amountProblem(amount, 'any', { isSigned: true }) === undefined;
  return (
    <Dialog title={`Adjust the balance of ${account.name}`} onClose={onClose}>
      <ChangeForm
        action={isKnown ? `Adjust by ${format.signed(amount).text}` : 'Adjust'}
        kind={amount.startsWith('-') ? 'danger' : 'plain'}
        missing={missing}
        onDone={onDone}
        onCancel={onClose}
        send={(idempotencyKey) =>
          operator.request({
            method: 'POST',
            path: paths.adjustments(account.id),
            idempotencyKey,
            body: { amount, unit: 'credits', reason: reason.trim() },
          })
        }
      >
        <Field
          label="By how many credits"
          value={text}
          onChange={setText}
          autoFocus
          required
          hint="With a minus sign to take away. What the balance does not cover becomes a debt."
        />
        <Field label="Reason" value={reason} onChange={setReason} required />
      </ChangeForm>
    </Dialog>
  );
}
