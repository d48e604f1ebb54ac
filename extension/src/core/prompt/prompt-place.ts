/** A box in the viewport, in CSS pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export type Corner = 'bottom-end' | 'top-end' | 'bottom-start' | 'top-start';

/** In the order in which another is tried. */
const corners: readonly Corner[] = ['bottom-end', 'top-end', 'bottom-start', 'top-start'];

/** Distance of what stands there from the viewport's edges. */
export const edgePixels = 16;

/**
 * Chooses a corner in which the card does not cover the focused field; if every corner would cover it, the card waits. A field
 * that fills the window, as in an editor, has no free corner.
 * @param preferred is taken where it is free.
 */
export function chooseCorner(
  viewport: { width: number; height: number },
  card: { width: number; height: number },
  typedIn: Box | null,
  isRightToLeft: boolean,
  preferred: Corner,
): Corner | null {
  if (typedIn === null) return preferred;
  return (
    [preferred, ...corners].find(
      (corner) => !overlaps(boxOf(corner, viewport, card, isRightToLeft), typedIn),
    ) ?? null
  );
}

function boxOf(
  corner: Corner,
  viewport: { width: number; height: number },
  card: { width: number; height: number },
  isRightToLeft: boolean,
): Box {
  const isRight = corner.endsWith('-end') !== isRightToLeft;
  const left = isRight ? viewport.width - edgePixels - card.width : edgePixels;
  const top = corner.startsWith('bottom') ? viewport.height - edgePixels - card.height : edgePixels;
  return { left, top, right: left + card.width, bottom: top + card.height };
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
