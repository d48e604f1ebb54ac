import { expect, it } from 'vitest';
import { unbroken } from '../../../sdk/src/components/parts/words/unbroken.ts';

it.each([
  ['You have used 620 of 1,234.50 credits.', 'You have used 620~of 1,234.50~credits.'],
  [
    'Next charge: $40.00 on December 8. Nothing is due.',
    'Next charge: $40.00~on December~8. Nothing is due.',
  ],
  ['Resets Nov 30, 2026', 'Resets Nov~30, 2026'],
  ['Nächste Abbuchung am 30. November', 'Nächste Abbuchung am 30.~November'],
  ['Es sind noch 6 Tage', 'Es sind noch 6~Tage'],
  ['No credits are left.', 'No credits are left.'],
])('F10: keeps amounts and dates of %s whole at the end of a line', (sentence, whole) => {
  expect(unbroken(sentence).replaceAll('\u00a0', '~')).toBe(whole);
});
