import type { Usage, WindowMeter } from '@usagekit/server/contract';
import type { Format } from '../../../format/create-format.ts';
import type { Messages } from '../../../messages/messages.ts';

/** Limits by windows of time as a group of meters, each with its own reset: 'Session: resets in 2 h 10 min'. */
export function windowGroup({ windows, asOf }: Usage, format: Format, messages: Messages['usagePanel']) {
  const meters = windows.map((window) => ({
    ...window,
    metric: window.id,
    included: window.limit,
    note: noteOf(window),
  }));
  return { id: 'windows', label: messages.windows, meters };

  /** When the window resets, and whose use it counts. */
  function noteOf({ of, kind, resetsAt }: WindowMeter): string | undefined {
    if (resetsAt === null) return undefined;
    // Rounded up, so that nobody comes back a minute too early.
    const minutes = Math.ceil((Date.parse(resetsAt) - Date.parse(asOf)) / 60_000);
    const written = (count: number) => (count > 0 ? format.number(count) : '');
    const note =
      minutes < 1_440
        ? messages.windowResets(written(Math.trunc(minutes / 60)), written(minutes % 60), kind)
        : messages.resetsOn(format.relativeDay(resetsAt, asOf));
    return of === 'member' ? messages.windowOwn(note) : note;
  }
}
