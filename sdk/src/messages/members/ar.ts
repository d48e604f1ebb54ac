import { counted } from '../languages/ar-words.ts';
import type { MembersTexts } from './members-texts.ts';

const members = (count: number, written: string) =>
  counted(count, written, { one: 'عضو واحد', two: 'عضوين', few: 'أعضاء', many: 'عضوًا', other: 'عضو' });

/** The texts of the room in Arabic. */
export const ar: MembersTexts = {
  spentByMember: {
    title: 'ما أنفقه الأعضاء في هذه الدورة',
    nobody: 'بلا عضو',
    rest: (_count, written) => `غيرهم: ${written}`,
  },
  memberAllocations: {
    what: 'حصص الأعضاء',
    title: 'حصص الأعضاء',
    caption: 'كم يستطيع العضو أن يستخدم في كل دورة. ومن لا حصة له يستخدم من المشترك.',
    metric: 'المورد',
    emptyTitle: 'لا شيء لتوزيعه',
    emptyDetail: 'لا يملك هذا الحساب موردًا يمكن توزيعه على الأعضاء.',
    columns: { member: 'العضو', used: 'في هذه الدورة', share: 'الحصة' },
    role: {
      super_admin: 'مشرف أعلى',
      owner: 'مالك',
      admin: 'مشرف',
      manager: 'مدير',
      member: 'عضو',
      viewer: 'مطّلع',
    },
    shared: 'مشترك',
    usedOf: (used, share) => `${used} من ${share}`,
    reached: 'استُنفدت',
    select: (name) => `تحديد ${name}`,
    selectAll: 'تحديد الكل',
    ofAll: (percent) => `${percent} من استخدام الجميع`,
    trend: (name, days) => `استخدام ${name} في كل يوم من ${days} أيام`,
    raise: 'رفع',
    raiseOf: (name) => `رفع حصة ${name}`,
    edit: 'ضبط',
    editOf: (name) => `ضبط حصة ${name}`,
    editMany: (count, written) => `ضبط الحصة: ${members(count, written)}`,
    clearMany: (count, written) => `إلغاء الحصة: ${members(count, written)}`,
    selected: (count) => `المحدد ${count}`,
    setSelected: 'ضبط الحصة',
    clearSelected: 'إلغاء الحصة',
    field: 'الحصة في كل دورة',
    invalid: (one, other) => `رقم، مثل ${one} أو ${other}`,
    now: 'يسري فورًا.',
    costsNothing: 'لا تكلّف الحصة شيئًا.',
    stops: (names) => `يتوقف فورًا لأن المستخدم بلغ هذا القدر: ${names}.`,
    cleared: 'يعودون إلى الاستخدام من المشترك.',
    confirm: (amount) => `ضبط على ${amount}`,
    confirmClear: 'إلغاء الحصة',
    clear: 'إلغاء الحصة',
    saving: 'جارٍ الحفظ',
    back: 'ليس الآن',
    failed: (names) => `لم يُحفظ: ${names}. حاول مجددًا.`,
    loadMore: 'عرض أعضاء آخرين',
    loadingMore: 'جارٍ التحميل',
    moreFailed: 'تعذّر تحميل أعضاء آخرين.',
  },
};
