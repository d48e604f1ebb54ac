import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { untilDrawn } from '../host-css/measure-styles.ts';
import { prepareGallery } from './prepare-gallery.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const open = prepareGallery();

describe('what can be read in every state', () => {
  it('F10: draws everything under a content policy that lets no inline style or script through', async () => {
    const { page, complaints } = await open('width=720');
    await untilDrawn(page);
    expect(complaints()).toEqual([]);
    const widths = await page.$$eval('.uk-bar-used', (bars) =>
      bars.map((bar) => bar.getBoundingClientRect().width),
    );
    expect(widths.some((width) => width > 100)).toBe(true);
  });

  it.each([
    ['light', '320'],
    ['dark', '1040'],
  ])('has text that can be read, and nothing that axe finds, in %s at %s px', async (theme, width) => {
    const { page } = await open(`theme=${theme}&width=${width}`);
    await untilDrawn(page);
    await page.evaluate(axeSource);
    const violations = await page.evaluate(async () => {
      // Many widgets of one kind stand on this page, which no host's page would have.
      const rules = {
        'landmark-unique': { enabled: false },
        'heading-order': { enabled: false },
        region: { enabled: false },
      };
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const found = await axe.run('.gallery-states', { rules });
      return found.violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`,
      );
    });
    expect(violations).toEqual([]);
  });
});
