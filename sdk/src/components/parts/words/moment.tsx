import type { Instant } from '@usagekit/server/contract';
import type { Format } from '../../../format/create-format.ts';

export interface MomentProps {
  at: Instant;
  /** The present, whose year is not said; no year is said without it. */
  asOf?: Instant | undefined;
  format: Format;
}

/** An instant. Renders a `time`. Reads nothing. */
export function Moment({ at, asOf, format }: MomentProps) {
  return (
    <time className="uk-run" dateTime={at}>
      <bdi className="uk-run">{format.dateTime(at, asOf)}</bdi>
    </time>
  );
}
