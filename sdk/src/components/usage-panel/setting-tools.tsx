'use client';
import type { Meter } from '@usagekit/server/contract';
import { AlertEditor } from '../alert-editor/alert-editor.tsx';
import { LimitEditor, type LimitEditorProps } from '../limit-editor/limit-editor.tsx';

/** The buttons of a meter: the gear of its limit, and the bell of its alerts. */
export function SettingTools({ meter, accountId }: LimitEditorProps & { meter: Meter }) {
  return (
    <span className="uk-meter-tools">
      <LimitTool meter={meter} accountId={accountId} />
      <AlertEditor meter={meter} accountId={accountId} />
    </span>
  );
}

/** The gear of a meter; nothing where a limit of the account's own would say no more than the plan does. */
function LimitTool({ meter, ...rest }: LimitEditorProps & { meter: Meter }) {
  return isLimitable(meter) ? <LimitEditor {...rest} meter={meter} /> : null;
}

/** Whether nothing else stops the metric, and it is no mere measure; or whether there is a limit to change. */
const isLimitable = ({ kind, refusesAt, level, ownLimit }: Meter) =>
  ownLimit !== null || (kind === 'counter' && refusesAt === null && level !== 'observed');
