/** The additions of the second version of IntersectionObserver, if the browser has them. */
interface SeenEntry extends IntersectionObserverEntry {
  /** Whether it is drawn whole, with nothing over it and nothing that fades or distorts it. */
  readonly isVisible?: boolean;
}

/** How often the browser looks, in milliseconds; it allows no less. */
const lookEveryMs = 100;

/**
 * Tells whether the card can be seen as it was drawn: whole, with nothing of the page's over it.
 * @returns stops looking.
 */
export function watchCover(
  host: HTMLElement,
  card: HTMLElement,
  onLook: (isUncovered: boolean) => void,
): () => void {
  let knowsVisibility = false;
  const observer = new IntersectionObserver(
    (entries) => {
      const entry: SeenEntry | undefined = entries.at(-1);
      if (entry?.isVisible === undefined) return;
      knowsVisibility = true;
      onLook(entry.isVisible);
    },
    { threshold: [0, 0.5, 1], trackVisibility: true, delay: lookEveryMs } as IntersectionObserverInit,
  );
  observer.observe(card);
  // A browser without it, as Firefox is, tells what lies on top at a point.
  const timer = setInterval(() => {
    if (!knowsVisibility) onLook(isOnTop(host, card));
  }, lookEveryMs);
  return () => {
    observer.disconnect();
    clearInterval(timer);
  };
}

/** Whether the host is what a click would meet, in each corner of the card and in its middle. */
function isOnTop(host: HTMLElement, card: HTMLElement): boolean {
  const { left, top, right, bottom } = card.getBoundingClientRect();
  const inset = 12;
  const points: [x: number, y: number][] = [
    [left + inset, top + inset],
    [right - inset, top + inset],
    [left + inset, bottom - inset],
    [right - inset, bottom - inset],
    [(left + right) / 2, (top + bottom) / 2],
  ];
  const isClear = points.every(([x, y]) => document.elementFromPoint(x, y) === host);
  return isClear && host.checkVisibility({ opacityProperty: true, visibilityProperty: true });
}
