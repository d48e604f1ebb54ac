import type { Format } from '../../../format/create-format.ts';

/** An instant. Renders a `time`. Reads nothing. */
export function Moment({ at, format }: { at: string; format: Format }) {
  return (
    <time className="uk-run" dateTime={at}>
      <bdi className="uk-run">{format.dateTime(at)}</bdi>
    </time>
  );
}
