import { doubled } from '@usagekit/server/contract';
import type { SystemPort } from '../../chrome/ports/system-port.ts';

/** A site is heard at most this often at first, and less often the longer it goes on. */
export const hintIntervalMs = { first: 5000, max: 60_000 };

/**
 * Limits the hints of a site, both those that its pages post and those that the browser sees in its answers. A hint that comes
 * too soon passes later, once, so that none is lost; a site that never stops is heard once a minute.
 */
export interface HintGate {
  hint(origin: string): void;
  /** Forgets a site and its postponed hints. */
  forget(origin: string): void;
}

interface Heard {
  atMs: number;
  /** How often in a row the site hinted before it had been quiet for the longest interval. */
  streak: number;
  cancelLater: (() => void) | null;
}

/** @param onHint called for each hint that is let through. */
export function createHintGate(
  system: Pick<SystemPort, 'nowMs' | 'wait'>,
  onHint: (origin: string) => void,
): HintGate {
  const sites = new Map<string, Heard>();

  const letThrough = (origin: string): void => {
    const atMs = system.nowMs();
    const before = sites.get(origin);
    const goesOn = before !== undefined && atMs - before.atMs <= 2 * hintIntervalMs.max;
    sites.set(origin, { atMs, streak: goesOn ? before.streak + 1 : 0, cancelLater: null });
    onHint(origin);
  };

  return {
    hint(origin) {
      const heard = sites.get(origin);
      if (heard === undefined) return letThrough(origin);
      if (heard.cancelLater !== null) return;
      const nextAtMs = heard.atMs + doubled(hintIntervalMs.first, heard.streak, hintIntervalMs.max);
      const waitMs = nextAtMs - system.nowMs();
      if (waitMs <= 0) return letThrough(origin);
      heard.cancelLater = system.wait(waitMs, () => letThrough(origin));
    },
    forget(origin) {
      sites.get(origin)?.cancelLater?.();
      sites.delete(origin);
    },
  };
}
