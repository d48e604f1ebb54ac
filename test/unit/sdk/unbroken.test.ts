import { expect, it } from 'vitest';
import { unbroken } from '../../../sdk/src/components/parts/words/unbroken.ts';

it.each([
  ['You have used 620 of 1,234.50 credits.', 'You have used 620~of 1,234.50~credits.'],
  [
    'Next charge: $40.00 on December 8. Nothing is due.',
    'Next charge: $40.00~on December~8. Nothing is due.',
  ],
  ['Resets Nov 30, 2026', 'Resets Nov~30,~2026'],
  ['Runs out around Nov 22, 2:50 PM', 'Runs out around Nov~22,~2:50~PM'],
  ['421 to 516 by December 1', '421~to 516~by December~1'],
  ['Nächste Abbuchung am 30. November', 'Nächste Abbuchung am 30.~November'],
  ['Es sind noch 6 Tage', 'Es sind noch 6~Tage'],
  ['1. Nov. – 30. Nov. 2026', '1.~Nov. – 30.~Nov.~2026'],
  ['Stand: 22. Nov., 13:05', 'Stand: 22. Nov.,~13:05'],
  ['يبدأ من جديد خلال ٩ أيام', 'يبدأ من جديد خلال ٩~أيام'],
  ['يحتاج إلى ⁨١٢٫٦ credits⁩، والمتاح', 'يحتاج إلى ⁨١٢٫٦~credits⁩، والمتاح'],
  ['حتى ٣٠ يونيو ٢٠٢٧', 'حتى ٣٠~يونيو~٢٠٢٧'],
  ['٢٢ نوفمبر، ٢:٥٠ م', '٢٢~نوفمبر،~٢:٥٠~م'],
  ['1,000 クレジット', '1,000~クレジット'],
  ['No credits are left.', 'No credits are left.'],
])('F10: keeps amounts and dates of %s whole at the end of a line', (sentence, whole) => {
  expect(unbroken(sentence).replaceAll('\u00a0', '~')).toBe(whole);
});
