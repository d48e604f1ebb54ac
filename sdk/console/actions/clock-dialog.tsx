import { paths } from '@usagekit/server/contract';
import { useState } from 'react';
import { operator } from '../api/client.ts';
import { useLoad } from '../api/use-load.ts';
import { ChangeForm } from '../parts/change-form.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { Instant } from '../parts/instant.tsx';
import { Failed, Loading } from '../parts/states.tsx';

interface ClockDialogProps {
  clockId: string;
  onDone: () => void;
  onClose: () => void;
}

const dayMs = 86_400_000;

/** Moves a test clock by whole days, the way that its accounts live through them. */
export function ClockDialog({ clockId, onDone, onClose }: ClockDialogProps) {
  const [days, setDays] = useState('1');
  const clock = useLoad(clockId, (signal) => operator.request({ path: paths.testClock(clockId), signal }));
  const { data } = clock;
  const isKnown = /^[1-9]\d{0,3}$/.test(days);
  const to =
    data && isKnown ? new Date(Date.parse(data.now) + Number(days) * dayMs).toISOString() : undefined;
  return (
    <Dialog title={`Move the test clock ${clockId}`} onClose={onClose}>
      {data === undefined ? (
        clock.error === undefined ? (
          <Loading what="the clock" />
        ) : (
          <Failed error={clock.error} onRetry={clock.reload} />
        )
      ) : (
        <ChangeForm
          action={isKnown ? `Move it by ${days} ${days === '1' ? 'day' : 'days'}` : 'Move it'}
          missing={isKnown ? undefined : 'Name whole days, at least one.'}
          onDone={onDone}
          onCancel={onClose}
          send={() =>
            operator.request({ method: 'POST', path: paths.advanceTestClock(clockId), body: { to } })
          }
        >
          <p className="facts">
            It stands at <Instant at={data.now} timeZone="UTC" /> UTC and only goes forward, for every account
            on it.
          </p>
          <Field label="Days" value={days} onChange={setDays} inputMode="decimal" autoFocus required />
          {to && (
            <p className="facts">
              It will stand at <Instant at={to} timeZone="UTC" /> UTC.
            </p>
          )}
        </ChangeForm>
      )}
    </Dialog>
  );
}
