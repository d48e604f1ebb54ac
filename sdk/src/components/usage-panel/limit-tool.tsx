'use client';
import type { Meter } from '@usagekit/server/contract';
import { LimitEditor, type LimitEditorProps } from '../limit-editor/limit-editor.tsx';

/** The gear of a meter; nothing where a limit of the account's own would say no more than the plan does. */
export function LimitTool({ meter, ...rest }: LimitEditorProps & { meter: Meter }) {
  return isLimitable(meter) ? <LimitEditor {...rest} meter={meter} /> : null;
}

/** Whether nothing else stops the metric, and it is no mere measure; or whether there is a limit to change. */
const isLimitable = ({ kind, refusesAt, level, ownLimit }: Meter) =>
  ownLimit !== null || (kind === 'counter' && refusesAt === null && level !== 'observed');
