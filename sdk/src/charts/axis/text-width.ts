/** Letters of East Asia are as wide as they are high, others about half of it. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
const narrowShare = 0.58;

/** About how wide a text is, for a drawing that no browser measures: of a server, or in a test. */
export function guessedWidth(text: string, fontSize: number): number {
  return Array.from(text, (letter) => (wide.test(letter) ? 1 : narrowShare) * fontSize).reduce(
    (sum, width) => sum + width,
    0,
  );
}

/** Measures texts in the font of an element, whose figures are all as wide as a zero; undefined where nothing can be measured. */
export function measuredWidth(element: Element): ((text: string) => number) | undefined {
  // Not an element of the page: jsdom has those, and complains of each that is asked to draw.
  const context = typeof OffscreenCanvas === 'undefined' ? null : new OffscreenCanvas(1, 1).getContext('2d');
  if (!context) return;
  const { fontStyle, fontWeight, fontSize, fontFamily, letterSpacing } = getComputedStyle(element);
  context.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
  const spacing = Number.parseFloat(letterSpacing) || 0;
  return (text) => context.measureText(text.replace(/\d/g, '0')).width + spacing * text.length;
}
