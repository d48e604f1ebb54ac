import { choosePlural } from './choose-plural.ts';

export const plural = choosePlural('ar');

/** A counted noun: none, one and two have words of their own, three to ten and eleven to ninety-nine forms of their own. */
export const counted = (
  count: number,
  written: string,
  noun: { one: string; two: string; few: string; many: string; other: string },
) =>
  plural(count, {
    one: noun.one,
    two: noun.two,
    few: `${written} ${noun.few}`,
    many: `${written} ${noun.many}`,
    other: `${written} ${noun.other}`,
  });

export const days = (count: number, written: string) =>
  counted(count, written, { one: 'يوم واحد', two: 'يومان', few: 'أيام', many: 'يومًا', other: 'يوم' });

export const tasks = (count: number, written: string) =>
  counted(count, written, { one: 'مهمة واحدة', two: 'مهمتان', few: 'مهام', many: 'مهمة', other: 'مهمة' });

/** The plural of each kind of use of a model. */
export const modelUses = {
  input: 'رموز الإدخال',
  output: 'رموز الإخراج',
  cached: 'الرموز المقروءة من ذاكرة مؤقتة',
  cacheWrite: 'الرموز المكتوبة في ذاكرة مؤقتة',
  cacheWriteHour: 'الرموز المكتوبة في ذاكرة مؤقتة لساعة',
  reasoning: 'رموز التفكير',
  audioInput: 'رموز إدخال الصوت',
  cachedAudio: 'رموز الصوت المقروءة من ذاكرة مؤقتة',
  audioOutput: 'رموز إخراج الصوت',
  imageInput: 'رموز إدخال الصور',
  cachedImage: 'رموز الصور المقروءة من ذاكرة مؤقتة',
  imageOutput: 'رموز إخراج الصور',
  image: 'الصور',
  second: 'الثواني',
  character: 'الحروف',
  page: 'الصفحات',
};
