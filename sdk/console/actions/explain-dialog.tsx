import { createFormat } from '@usagekit/react';
import type { Account, Explanation } from '@usagekit/server/contract';
import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
import { operator } from '../api/client.ts';
import { useLoad } from '../api/use-load.ts';
import { ChangeForm } from '../parts/change-form.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Instant } from '../parts/instant.tsx';
import { Failed, Loading } from '../parts/states.tsx';
import { reasonProblem } from './amount-problem.ts';

interface ExplainDialogProps {
  account: Account;
  entryId: string;
  onVoided: () => void;
  onClose: () => void;
}

const format = createFormat();

/** One entry down to the rates and grants behind it, and the way to take its use back. */
export function ExplainDialog({ account, entryId, onVoided, onClose }: ExplainDialogProps) {
  const explained = useLoad(entryId, (signal) =>
    operator.request({ path: paths.explain(account.id, entryId), signal }),
  );
  const [isVoiding, setVoiding] = useState(false);
  const [wasVoiding, setWasVoiding] = useState(false);
  const { data } = explained;
  return (
    <Dialog title={data?.entry?.description ?? 'One entry of the ledger'} onClose={onClose}>
      {data === undefined ? (
        explained.error === undefined ? (
          <Loading what="the explanation" />
        ) : (
          <Failed error={explained.error} onRetry={explained.reload} />
        )
      ) : (
        <>
          <Explained account={account} explanation={data} />
          {isVoiding ? (
            <VoidForm
              account={account}
              entryId={entryId}
              onDone={onVoided}
              onCancel={() => {
                setVoiding(false);
                setWasVoiding(true);
              }}
            />
          ) : (
            <div className="change-end">
              {mayVoid(data) && (
                <button
                  type="button"
                  className="button"
                  // biome-ignore lint/a11y/noAutofocus: whoever leaves the form is where they came from
                  autoFocus={wasVoiding}
                  onClick={() => setVoiding(true)}
                >
                  Void this use
                </button>
              )}
              <button type="button" className="button primary" onClick={onClose}>
                Done
              </button>
            </div>
          )}
        </>
      )}
    </Dialog>
  );
}

function mayVoid({ entry, usage, takenBack }: Explanation): boolean {
  return (
    usage !== null &&
    takenBack === undefined &&
    (entry === null || entry.kind === 'debit' || entry.kind === 'debt')
  );
}

function Explained({ account, explanation }: { account: Account; explanation: Explanation }) {
  const { entry, usage, grants, task, takenBack } = explanation;
  return (
    <div className="explained">
      {entry && (
        <dl className="facts-list">
          <div>
            <dt>Amount</dt>
            <dd>
              {format.signed(entry.amount).exact} {entry.unit}
            </dd>
          </div>
          <div>
            <dt>Took effect</dt>
            <dd>
              <Instant at={entry.effectiveAt} timeZone={account.timeZone} />
            </dd>
          </div>
          <div>
            <dt>Entry</dt>
            <dd className="mono">{entry.id}</dd>
          </div>
          {task && (
            <div>
              <dt>Task</dt>
              <dd>{task.name}</dd>
            </div>
          )}
        </dl>
      )}
      {takenBack && (
        <p className="notice">
          Taken back on <Instant at={takenBack.at} timeZone={account.timeZone} />: {takenBack.reason}
        </p>
      )}
      {usage && usage.lines.length > 0 && (
        <table aria-label="How the charge was made">
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col" data-kind="figure">
                Quantity
              </th>
              <th scope="col" data-kind="wide">
                Rate
              </th>
              <th scope="col" data-kind="figure">
                Charge
              </th>
            </tr>
          </thead>
          <tbody>
            {usage.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a charge never change
              <tr key={index}>
                <td>{line.label}</td>
                <td data-kind="figure">
                  {format.number(line.quantity)} {line.unit}
                </td>
                <td data-kind="wide">{line.rate}</td>
                <td data-kind="figure">{format.number(line.amount)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Together</th>
              <td />
              <td data-kind="wide" />
              <td data-kind="figure">
                {format.number(usage.charge)} {usage.unit}
              </td>
            </tr>
          </tfoot>
        </table>
      )}
      {grants.length > 0 && (
        <table aria-label="Which grants it moved">
          <thead>
            <tr>
              <th scope="col">Grant</th>
              <th scope="col" data-kind="figure">
                Gave or got
              </th>
            </tr>
          </thead>
          <tbody>
            {grants.map(({ grantId, label, amount }) => (
              <tr key={grantId}>
                <td>{label ?? <span className="mono">{grantId}</span>}</td>
                <td data-kind="figure">{format.number(amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {usage && usage.counts.length > 0 && (
        <p className="facts">
          Counted:{' '}
          {usage.counts.map(({ label, quantity }) => `${format.number(quantity)} ${label}`).join(', ')}
        </p>
      )}
    </div>
  );
}

interface VoidFormProps {
  account: Account;
  entryId: string;
  onDone: () => void;
  onCancel: () => void;
}

function VoidForm({ account, entryId, onDone, onCancel }: VoidFormProps) {
  const [reason, setReason] = useState('');
  return (
    <ChangeForm
      action="Void this use"
      kind="danger"
      missing={reasonProblem(reason)}
      onDone={onDone}
      onCancel={onCancel}
      send={(idempotencyKey) =>
        operator.request({
          method: 'POST',
          path: paths.voids(account.id),
          idempotencyKey,
          body: { use: { entryId }, reason: reason.trim() },
        })
      }
    >
      <Field
        label="Reason"
        value={reason}
        onChange={setReason}
        autoFocus
        required
        hint="The use, what it counted and what it cost are taken back, once and for good."
      />
    </ChangeForm>
  );
}
