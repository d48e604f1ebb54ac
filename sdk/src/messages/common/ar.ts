import type { CommonTexts } from './common-texts.ts';

/** The texts of the room in Arabic. */
export const ar: CommonTexts = {
  common: {
    failed: (what) => `تعذّر تحميل ${what}`,
    notPermitted: (what) => `لا يشمل دورك ${what}`,
    signedOut: 'لقد سُجّل خروجك',
    loading: (what) => `جارٍ تحميل ${what}`,
    asOf: (time) => `حتى ${time}`,
    close: 'إغلاق',
    more: (count) => `${count} أخرى`,
    fewer: 'عرض أقل',
  },
  trouble: {
    retry: 'إعادة المحاولة',
    failedDetail: 'لم يصل الطلب الأخير.',
    failedUnavailable: 'الخادم لا يستجيب حاليًا.',
    notPermittedDetail: 'يستطيع مالك هذا الحساب أو مشرفه رؤيته أو منحك صلاحية الوصول.',
    signedOutDetail: 'سجّل الدخول مجددًا للمتابعة.',
    otherAccountDetail: 'أعد تحميل الصفحة، أو سجّل الدخول مجددًا.',
    stale: (age) => `آخر تحديث ${age}`,
    lessThanMinute: 'قبل أقل من دقيقة',
    staleDetail: 'قد تكون هذه الأرقام قديمة إلى أن يعود الاتصال.',
  },
  action: {
    buy_credits: 'شراء رصيد',
    addFunds: 'إضافة رصيد',
    upgrade: 'ترقية الباقة',
    update_payment: 'تحديث وسيلة الدفع',
    addPayment: 'إضافة وسيلة دفع',
    manage_plan: 'إدارة الباقة',
    raise_limit: 'رفع هذا الحد',
    raise_allocation: 'رفع هذه الحصة',
    ask_admin: 'اطلب من مشرف',
    wait: 'انتظار إعادة التعيين',
    add_own_key: 'استخدام مفتاحك الخاص',
  },
  pageNav: { nav: 'الحساب', pages: { usage: 'الاستخدام', tasks: 'المهام', billing: 'الفوترة' } },
};
