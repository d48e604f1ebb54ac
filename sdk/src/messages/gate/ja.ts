import type { GateTexts } from './gate-texts.ts';

/** The texts of the room in Japanese. */
export const ja: GateTexts = {
  outOfCredits: {
    title: {
      insufficient_credits: 'クレジット切れ',
      plan_limit_reached: 'プランの上限に到達',
      window_limit_reached: '一時的に上限に到達',
      metric_paused: '一時停止中',
      feature_not_in_plan: 'このプランに含まれません',
      capacity_exceeded: 'プランの許容量を超えています',
      concurrency_exceeded: '同時実行数が多すぎます',
      allocation_exhausted: 'あなたの割り当てを使い切りました',
      account_limit_reached: 'このアカウントの上限に到達',
      additional_use_exhausted: '追加利用を使い切りました',
    },
    outOfMoney: '残高不足',
    detail: {
      insufficient_credits: () => '残りではこれを支払えません。',
      plan_limit_reached: (label, limit) =>
        limit ? `${label}がプランの上限(${limit})に達しました。` : `${label}がプランの上限に達しました。`,
      window_limit_reached: (label, window, limit) =>
        limit
          ? `${label}が「${window}」の上限(${limit})に達しました。`
          : `${label}が「${window}」の上限に達しました。`,
      metric_paused: (cause) =>
        cause === undefined
          ? '停止しています。削除されたものはありません。'
          : cause === 'trial_over'
            ? '試用期間が終わりました。支払い方法を追加するか別のプランを選ぶと再開します。削除されたものはありません。'
            : cause === 'ended'
              ? 'プランが終了しました。別のプランを選ぶと再開します。削除されたものはありません。'
              : '支払いが完了しませんでした。支払いが済むと再開します。削除されたものはありません。',
      feature_not_in_plan: () => 'このプランには含まれていません。',
      capacity_exceeded: (label, limit) =>
        limit
          ? `${label}: プランの上限は${limit}です。`
          : `${label}: 選択した内容はプランに含まれていません。`,
      concurrency_exceeded: () =>
        'プランで同時に実行できる数のタスクが動いています。ほかのタスクが終わると開始できます。',
      allocation_exhausted: (label, limit) =>
        limit
          ? `${label}がこのメンバーの割り当て(${limit})に達しました。管理者が引き上げられます。`
          : `${label}がこのメンバーの割り当てに達しました。管理者が引き上げられます。`,
      account_limit_reached: (label, limit) =>
        limit
          ? `${label}がこのアカウントで設定した上限(${limit})に達しました。`
          : `${label}がこのアカウントで設定した上限に達しました。`,
      additional_use_exhausted: (label) => `${label}は含まれる分を使い切り、追加利用はオフか使い切りです。`,
    },
    figures: (available, requested) => `利用可能${available}、必要${requested}。`,
    running: '実行中の作業は続き、新しい作業は待機します。データは削除されません。',
    resets: (when, date) => `${when}（${date}）に再開します。`,
    askWho: 'このアカウントのオーナーまたは管理者に依頼してください:',
    neutralTitle: '利用できません',
    neutral: 'このアシスタントは現在利用できません。しばらくしてからもう一度お試しください。',
  },
};
