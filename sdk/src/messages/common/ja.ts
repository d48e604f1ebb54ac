import type { CommonTexts } from './common-texts.ts';

/** The texts of the room in Japanese. */
export const ja: CommonTexts = {
  common: {
    failed: (what) => `${what}を読み込めませんでした`,
    notPermitted: (what) => `あなたのロールでは${what}を表示できません`,
    signedOut: 'サインアウトしています',
    loading: (what) => `${what}を読み込み中`,
    asOf: (time) => `${time}時点`,
    close: '閉じる',
    more: (count) => `ほか${count}件`,
    fewer: '折りたたむ',
  },
  trouble: {
    retry: '再試行',
    failedDetail: '直前のリクエストが届きませんでした。',
    failedUnavailable: 'サーバーが現在応答していません。',
    notPermittedDetail: 'このアカウントのオーナーまたは管理者が表示でき、権限を付与できます。',
    signedOutDetail: '続けるにはもう一度サインインしてください。',
    otherAccountDetail: 'ページを再読み込みするか、もう一度サインインしてください。',
    stale: (age) => `最終更新: ${age}`,
    lessThanMinute: '1分以内',
    staleDetail: '接続が戻るまで、数値が古い可能性があります。',
  },
  action: {
    buy_credits: 'クレジットを購入',
    addFunds: '残高をチャージ',
    upgrade: 'アップグレード',
    update_payment: '支払い方法を更新',
    addPayment: '支払い方法を追加',
    manage_plan: 'プランを管理',
    raise_limit: 'この上限を引き上げる',
    raise_allocation: 'この割り当てを引き上げる',
    ask_admin: '管理者に依頼',
    wait: 'リセットを待つ',
    add_own_key: '自分のキーを使う',
  },
  pageNav: { nav: 'アカウント', pages: { usage: '使用状況', tasks: 'タスク', billing: '請求' } },
};
