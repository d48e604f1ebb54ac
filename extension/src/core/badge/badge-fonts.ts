/** A font in which a browser draws badges, by its own measures or those of a font made to them. */
export interface BadgeFont {
  /** Where it is met, and whose measures these are. */
  name: string;
  /** Height of a line for one pixel of size. */
  lineHeight: number;
  /** Advance widths in thousandths of the size, of each character that a badge may hold. */
  widths: Readonly<Record<string, number>>;
}

/** Chromium draws a badge's text on so many pixels in width, whatever the scale of the screen, and cuts off the rest. */
export const badgePixelsMax = 23;
/** The height of a badge: its text is as large as a line of it fits. */
const badgeLinePixels = 12;

/** The characters in the order in which they are measured. */
const [signs, letters, capitals] = ['.%+<!?', 'adefhklmux', 'MBT'] as const;

/** The fonts of the systems. A digit is as wide as the widest of its font. */
export const badgeFonts: readonly BadgeFont[] = [
  {
    name: 'Windows: Segoe UI, by Selawik',
    lineHeight: 1.33,
    widths: measure(
      539,
      [217, 818, 684, 684, 284, 448],
      [509, 589, 523, 313, 566, 497, 242, 861, 566, 459],
      [898, 573, 524],
    ),
  },
  {
    name: 'macOS: Helvetica, by Liberation Sans, as Arial',
    lineHeight: 1.15,
    widths: measure(
      556,
      [278, 889, 584, 584, 278, 556],
      [556, 556, 556, 278, 556, 500, 222, 833, 556, 500],
      [833, 667, 611],
    ),
  },
  {
    // Inter is drawn to the proportions of San Francisco and has a higher line, so that the size here is that of San Francisco.
    name: 'macOS: San Francisco, by Inter',
    lineHeight: 1.19,
    widths: measure(
      642,
      [276, 813, 659, 659, 278, 507],
      [564, 621, 582, 361, 591, 544, 237, 869, 581, 540],
      [889, 651, 642],
    ),
  },
  {
    name: 'ChromeOS and Android: Roboto',
    lineHeight: 1.172,
    widths: measure(
      562,
      [264, 732, 567, 508, 258, 473],
      [544, 564, 530, 348, 551, 507, 243, 877, 551, 496],
      [873, 623, 597],
    ),
  },
  {
    name: 'Linux: DejaVu Sans',
    lineHeight: 1.164,
    widths: measure(
      636,
      [318, 950, 838, 838, 401, 531],
      [613, 635, 615, 352, 634, 579, 278, 974, 634, 592],
      [863, 686, 611],
    ),
  },
  {
    name: 'Linux: Noto Sans',
    lineHeight: 1.362,
    widths: measure(
      572,
      [268, 831, 572, 572, 269, 434],
      [561, 615, 564, 344, 618, 534, 258, 935, 618, 529],
      [907, 650, 556],
    ),
  },
];

/** How wide a badge's text is drawn, in pixels: by the widths as they are, or rounded to whole pixels as on screens of 1x. */
export function badgePixels(text: string, { lineHeight, widths }: BadgeFont): number {
  const size = Math.floor(badgeLinePixels / lineHeight);
  const drawn = [...text].map((character) => {
    const width = widths[/\d/.test(character) ? '0' : character];
    if (width === undefined) throw new Error(`No badge holds ${character}.`);
    return (width * size) / 1000;
  });
  const sum = (pixels: number[]) => pixels.reduce((total, each) => total + each, 0);
  return Math.max(sum(drawn), sum(drawn.map(Math.round)));
}

/** Whether a badge shows a text whole in the fonts of all systems. */
export function fitsBadge(text: string): boolean {
  return badgeFonts.every((font) => badgePixels(text, font) <= badgePixelsMax);
}

function measure(
  digit: number,
  ofSigns: number[],
  ofLetters: number[],
  ofCapitals: number[],
): Record<string, number> {
  const characters = [...signs, ...letters, ...capitals];
  const widths = [...ofSigns, ...ofLetters, ...ofCapitals];
  return Object.fromEntries([['0', digit], ...characters.map((character, at) => [character, widths[at]])]);
}
