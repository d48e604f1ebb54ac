import { createFormat } from '@usagekit/react';

/** The zone of the operator's machine, in which everything that is no account's is shown. */
export const ownTimeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A moment, short for the eye and exact in its title. */
export function Instant({ at, timeZone = ownTimeZone }: { at: string; timeZone?: string | undefined }) {
  const format = createFormat({ timeZone });
  return (
    <time dateTime={at} title={`${at} (${timeZone})`}>
      <span>{isOfThisYear(at) ? format.day(at) : format.date(at)},</span> <span>{format.time(at)}</span>
    </time>
  );
}

function isOfThisYear(at: string): boolean {
  return new Date(at).getFullYear() === new Date().getFullYear();
}
