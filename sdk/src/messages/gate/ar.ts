import type { GateTexts } from './gate-texts.ts';

/** The texts of the room in Arabic. */
export const ar: GateTexts = {
  outOfCredits: {
    title: {
      insufficient_credits: 'نفد الرصيد',
      plan_limit_reached: 'بلغت حد الباقة',
      window_limit_reached: 'بلغت الحد مؤقتًا',
      metric_paused: 'متوقف مؤقتًا',
      feature_not_in_plan: 'ليس في هذه الباقة',
      capacity_exceeded: 'أكثر مما تسمح به الباقة',
      concurrency_exceeded: 'عدد كبير في وقت واحد',
      allocation_exhausted: 'استُنفدت حصتك',
      account_limit_reached: 'بلغ هذا الحساب حده',
      additional_use_exhausted: 'استُنفد الاستخدام الإضافي',
    },
    outOfMoney: 'الرصيد لا يكفي',
    detail: {
      insufficient_credits: () => 'المتبقي لا يكفي لدفع هذا.',
      plan_limit_reached: (label, limit) =>
        limit ? `بلغ استخدام ${label} حد الباقة وهو ${limit}.` : `بلغ استخدام ${label} حد الباقة.`,
      window_limit_reached: (label, window, limit) =>
        limit ? `بلغ استخدام ${label} حد «${window}» وهو ${limit}.` : `بلغ استخدام ${label} حد «${window}».`,
      metric_paused: (cause) =>
        cause === undefined
          ? 'هذا متوقف مؤقتًا. لم يُحذف شيء.'
          : cause === 'trial_over'
            ? 'انتهت الفترة التجريبية. يُستأنف العمل بإضافة وسيلة دفع أو باختيار باقة أخرى، ولم يُحذف شيء.'
            : cause === 'ended'
              ? 'انتهت الباقة. يُستأنف العمل باختيار باقة أخرى، ولم يُحذف شيء.'
              : 'لم تتم الدفعة. يُستأنف العمل عند تسديدها، ولم يُحذف شيء.',
      feature_not_in_plan: () => 'الباقة لا تتضمن هذا.',
      capacity_exceeded: (label, limit) =>
        limit ? `تسمح الباقة من ${label} بـ ${limit}.` : `لا تتضمن الباقة ما اختير من ${label}.`,
      concurrency_exceeded: () =>
        'يعمل من المهام ما تسمح به الباقة في وقت واحد. يمكن بدء مهمة عندما تنتهي أخرى.',
      allocation_exhausted: (label, limit) =>
        limit
          ? `بلغ استخدام ${label} حصة هذا العضو وهي ${limit}. يستطيع مشرف رفعها.`
          : `بلغ استخدام ${label} حصة هذا العضو. يستطيع مشرف رفعها.`,
      account_limit_reached: (label, limit) =>
        limit
          ? `بلغ استخدام ${label} الحد الذي وضعه هذا الحساب لنفسه وهو ${limit}.`
          : `بلغ استخدام ${label} الحد الذي وضعه هذا الحساب لنفسه.`,
      additional_use_exhausted: (label) => `استُهلك المشمول من ${label}، والاستخدام الإضافي متوقف أو مستنفد.`,
    },
    figures: (available, requested) => `المتاح ${available}، والمطلوب ${requested}.`,
    running: 'يستمر العمل الجاري وينتظر الجديد. لا يُحذف شيء.',
    resets: (when, date) => `يبدأ من جديد ${when}، في ${date}.`,
    askWho: 'اطلب من مالك هذا الحساب أو مشرفه:',
    neutralTitle: 'غير متاح',
    neutral: 'هذا المساعد غير متاح الآن. حاول مجددًا لاحقًا.',
  },
};
