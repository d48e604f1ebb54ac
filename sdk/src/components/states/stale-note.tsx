'use client';
import type { Instant } from '@usagekit/server/contract';
import type { Format } from '../../format/create-format.ts';
import { useTrouble } from './use-trouble.ts';

export interface StaleNoteProps {
  /** Time of the shown figures. */
  asOf: Instant;
  format: Format;
}

/**
 * Says how old the figures on screen are while they cannot be refreshed. Renders a `p` with the role `status`.
 * Reads the browser's clock, and only after it has been mounted, so that server and browser render alike.
 */
export function StaleNote(props: StaleNoteProps) {
  const trouble = useTrouble();
  return trouble && <trouble.Stale {...props} />;
}
