import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launchChromium } from '../../support/launch-chromium.ts';
import { servePage } from '../../support/serve-page.ts';
import { locales, writtenTexts } from './written-texts.ts';

it('F10: writes every figure, date and amount alike in Node and in Chromium, in every locale that was tried', async () => {
  const served = await servePage(join(import.meta.dirname, 'page.ts'));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(served.url);
    await page.waitForFunction(() => 'writtenTexts' in globalThis);
    const different: string[] = [];
    for (const locale of locales) {
      const there = await page.evaluate(
        (name) => (globalThis as unknown as { writtenTexts: typeof writtenTexts }).writtenTexts(name),
        locale,
      );
      for (const [what, text] of Object.entries(writtenTexts(locale))) {
        if (there[what] !== text)
          different.push(`${locale} ${what}: ${spelledOut(text)} | ${spelledOut(there[what] ?? '')}`);
      }
    }
    expect(different).toEqual([]);
  } finally {
    await browser.close();
    await served.close();
  }
});

/** Spaces that look alike are told apart by their numbers. */
function spelledOut(text: string): string {
  return text.replaceAll(/[\u00a0\u2000-\u206f\u3000]/g, (space) => `\\u${space.charCodeAt(0).toString(16)}`);
}
