'use client';
import { type Instant, msPerDay } from '@usagekit/server/contract';
import { useEffect, useState } from 'react';
import type { Format } from '../../format/create-format.ts';
import { commonMessages } from '../../messages/common.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { usePartClass } from '../parts/as-widget.tsx';
import { Icon } from '../parts/icon.tsx';
import { clockIcon } from '../parts/icons.ts';

export interface StaleNoteProps {
  /** Time of the shown figures. */
  asOf: Instant;
  format: Format;
}

const secondMs = 1_000;

/**
 * Says how old the figures on screen are while they cannot be refreshed. Renders a `p` with the role `status`.
 * Reads the browser's clock, and only after it has been mounted, so that server and browser render alike.
 */
export function StaleNote({ asOf, format }: StaleNoteProps) {
  const messages = useMessages('common', commonMessages);
  const partClass = usePartClass();
  const [nowMs, setNowMs] = useState<number>();
  useEffect(() => {
    const look = () => setNowMs(Date.now());
    look();
    const timer = setInterval(look, 30 * secondMs);
    return () => clearInterval(timer);
  }, []);
  const ageMs = nowMs === undefined ? undefined : nowMs - Date.parse(asOf);
  // An account on a test clock, or a browser whose clock is off, gets the instant itself instead of a wrong age.
  const plausible = nowMs !== undefined && ageMs !== undefined && ageMs >= 0 && ageMs < msPerDay;
  const age = plausible ? format.ago(asOf, new Date(nowMs).toISOString()) : format.dateTime(asOf);
  return (
    <p className={partClass('stale')} role="status" title={messages.staleDetail}>
      <Icon drawing={clockIcon} />
      {messages.stale(age)}
    </p>
  );
}
