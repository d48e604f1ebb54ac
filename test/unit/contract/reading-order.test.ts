import bidiFactory, { type Bidi } from 'bidi-js';
import { describe, expect, it } from 'vitest';
import { formatFigure, formatWithUnit } from '../../../extension/src/core/reader-format.ts';
import { createFormat } from '../../../sdk/src/format/create-format.ts';
import { writePrice } from '../../../sdk/src/format/write-price.ts';
import { inOnePiece } from '../../../server/src/contract/values/reading-order.ts';
import { createInvoiceFormat } from '../../../server/src/node/invoice-pdf/invoice-format.ts';

// The package is CommonJS but its types describe a module: the import is the factory itself.
const bidi = (bidiFactory as unknown as () => Bidi)();

/** A sentence as it stands on the page, from left to right, without the marks that nobody sees. */
function onThePage(text: string, direction: 'ltr' | 'rtl'): string {
  const order = bidi.getReorderedIndices(text, bidi.getEmbeddingLevels(text, direction));
  return order
    .map((place) => text[place])
    .join('')
    .replaceAll(/[\u200e\u200f\u061c\u2066-\u2069]/g, '')
    .replaceAll('\u00a0', ' ');
}

const credits = { one: 'credit', other: 'credits' };
const dollars = { amount: '12.4', currency: 'USD' };
const arabic = createFormat({ locale: 'ar', creditLabel: credits });

describe('figures where text runs from right to left', () => {
  it('F10: keeps the sign of a currency behind its letters, in kit, extension and PDF', () => {
    const shown = (text: string) => onThePage(`المبلغ ${text} مستحق`, 'rtl');
    for (const written of [
      arabic.money(dollars),
      arabic.amount('12.4', 'USD').text,
      arabic.amount('12.4', 'USD').exact,
      writePrice(dollars, arabic),
      formatFigure('12.4', { ...credits, currency: 'USD' }, { locale: 'ar', timeZone: 'UTC' }),
      createInvoiceFormat('ar', 'UTC').money(dollars),
    ])
      expect(shown(written)).toMatch(/US\$ 12\.4/);
    for (const locale of ['ar-EG', 'he'])
      for (const currency of ['USD', 'CAD', 'AUD'])
        expect(onThePage(createFormat({ locale }).money({ ...dollars, currency }), 'rtl')).not.toMatch(
          /\$\p{Lu}/u,
        );
  });

  it('F10: keeps the currency on the same side of what is owed and of what is given back', () => {
    const back = arabic.money({ ...dollars, amount: '-12.4' });
    expect(onThePage(`المبلغ ${back} مستحق`, 'rtl')).toMatch(/US\$ −12\.4/);
    const printed = createInvoiceFormat('ar', 'UTC').money({ ...dollars, amount: '-12.4' });
    expect(onThePage(printed, 'rtl')).toBe('US$ -12.40');
  });

  it('F10: leaves a sentence that is not translated in its own order, with the amount as one piece of it', () => {
    // The page reads a sentence as its first letter runs, which the marks of an amount are not.
    const sentence = `${arabic.money(dollars)} is past due on one invoice`;
    const base = bidi.getEmbeddingLevels(sentence).paragraphs[0]?.level;
    expect(base).toBe(0);
    expect(onThePage(sentence, 'ltr')).toBe('US$ 12.40 is past due on one invoice');
  });

  it('F10: keeps a figure with its own word where the word runs against the sentence', () => {
    const [used, included] = ['620', '1000'].map((value) => arabic.amount(value, 'credits').text);
    expect(onThePage(`استهلكت ${used} من ${included}`, 'rtl')).toMatch(/^1,000 credits نم 620 credits/);
    // Without words between them nothing else keeps the two apart.
    expect(onThePage(`${used} / ${included}`, 'rtl')).toBe('1,000 credits / 620 credits');
    const popup = formatWithUnit('620', credits, { locale: 'ar', timeZone: 'UTC' });
    expect(onThePage(`${popup} / ${included}`, 'rtl')).toBe('1,000 credits / 620 credits');
  });

  it('F10: adds no mark where none is needed', () => {
    const german = createFormat({ locale: 'de', creditLabel: credits });
    expect(german.amount('620', 'credits').text).toBe('620 credits');
    expect(german.money(dollars)).toBe('12,40\u00a0$');
    expect(inOnePiece('620 credits', 'en-US')).toBe('620 credits');
    expect(inOnePiece('US$12.40', 'en-CA')).toBe('US$12.40');
  });

  it('names the dollar of another country by its letters, since a bare sign is several currencies', () => {
    expect(createFormat({ locale: 'en-CA' }).money(dollars)).toBe('US$12.40');
    expect(onThePage(arabic.money(dollars), 'rtl')).toContain('US$');
  });
});
