import type { InvoiceLineKind, InvoiceStatus } from '../../contract/invoices/invoices.ts';

/** The words of an invoice, without names and figures. */
export interface InvoiceWords {
  readonly direction: 'ltr' | 'rtl';
  readonly invoice: string;
  readonly creditNote: string;
  readonly draft: string;
  readonly number: string;
  readonly issued: string;
  readonly due: string;
  readonly paid: string;
  readonly period: string;
  readonly corrects: string;
  readonly billTo: string;
  readonly from: string;
  readonly taxId: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly amount: string;
  readonly subtotal: string;
  readonly tax: string;
  readonly total: string;
  readonly amountPaid: string;
  readonly amountCredited: string;
  readonly amountDue: string;
  /** `of` is written between a page's number and the number of pages. */
  readonly page: (page: number, pages: number) => string;
  readonly per: (price: string, units: string) => string;
  readonly share: (part: string, of: string) => string;
  readonly lines: Readonly<Record<InvoiceLineKind, string>>;
  readonly statuses: Readonly<Record<InvoiceStatus, string>>;
}

const english: InvoiceWords = {
  direction: 'ltr',
  invoice: 'Invoice',
  creditNote: 'Credit note',
  draft: 'Draft',
  number: 'Number',
  issued: 'Issued',
  due: 'Due',
  paid: 'Paid',
  period: 'Period',
  corrects: 'Corrects invoice',
  billTo: 'Billed to',
  from: 'From',
  taxId: 'Tax ID',
  description: 'Description',
  quantity: 'Quantity',
  unitPrice: 'Unit price',
  amount: 'Amount',
  subtotal: 'Subtotal',
  tax: 'Tax',
  total: 'Total',
  amountPaid: 'Paid',
  amountCredited: 'Credited',
  amountDue: 'Amount due',
  page: (page, pages) => `Page ${page} of ${pages}`,
  per: (price, units) => `${price} per ${units}`,
  share: (part, of) => `${part} of ${of}`,
  lines: {
    plan_fee: 'Plan',
    minimum_commitment: 'Minimum commitment',
    seats: 'Seats',
    add_on: 'Add-on',
    dedicated_ips: 'Dedicated IPs',
    overage: 'Usage beyond the allowance',
    additional_use: 'Additional use',
    late_usage: 'Late usage',
    proration_charge: 'Rest of the period',
    proration_credit: 'Unused part of the period',
    balance: 'Balance',
    credit_note: 'Credit',
    custom: '',
    credit_pack: 'Credits',
    tax: 'Tax',
  },
  statuses: {
    draft: 'Draft',
    open: 'Open',
    paid: 'Paid',
    past_due: 'Past due',
    void: 'Void',
    uncollectible: 'Uncollectible',
  },
};

const german: InvoiceWords = {
  direction: 'ltr',
  invoice: 'Rechnung',
  creditNote: 'Gutschrift',
  draft: 'Entwurf',
  number: 'Nummer',
  issued: 'Ausgestellt',
  due: 'Fällig',
  paid: 'Bezahlt',
  period: 'Zeitraum',
  corrects: 'Berichtigt Rechnung',
  billTo: 'Rechnungsempfänger',
  from: 'Von',
  taxId: 'USt-IdNr.',
  description: 'Beschreibung',
  quantity: 'Menge',
  unitPrice: 'Einzelpreis',
  amount: 'Betrag',
  subtotal: 'Zwischensumme',
  tax: 'Steuer',
  total: 'Gesamt',
  amountPaid: 'Bezahlt',
  amountCredited: 'Gutgeschrieben',
  amountDue: 'Offener Betrag',
  page: (page, pages) => `Seite ${page} von ${pages}`,
  per: (price, units) => `${price} je ${units}`,
  share: (part, of) => `${part} von ${of}`,
  lines: {
    plan_fee: 'Tarif',
    minimum_commitment: 'Mindestumsatz',
    seats: 'Plätze',
    add_on: 'Zusatzpaket',
    dedicated_ips: 'Feste IP-Adressen',
    overage: 'Nutzung über das Kontingent hinaus',
    additional_use: 'Zusätzliche Nutzung',
    late_usage: 'Nachgemeldete Nutzung',
    proration_charge: 'Rest des Zeitraums',
    proration_credit: 'Ungenutzter Teil des Zeitraums',
    balance: 'Guthaben',
    credit_note: 'Gutschrift',
    custom: '',
    credit_pack: 'Guthaben',
    tax: 'Steuer',
  },
  statuses: {
    draft: 'Entwurf',
    open: 'Offen',
    paid: 'Bezahlt',
    past_due: 'Überfällig',
    void: 'Storniert',
    uncollectible: 'Uneinbringlich',
  },
};

const japanese: InvoiceWords = {
  direction: 'ltr',
  invoice: '請求書',
  creditNote: '返金明細書',
  draft: '下書き',
  number: '番号',
  issued: '発行日',
  due: '支払期限',
  paid: '支払日',
  period: '対象期間',
  corrects: '対象の請求書',
  billTo: '請求先',
  from: '発行者',
  taxId: '登録番号',
  description: '内容',
  quantity: '数量',
  unitPrice: '単価',
  amount: '金額',
  subtotal: '小計',
  tax: '税',
  total: '合計',
  amountPaid: '支払済み',
  amountCredited: '返金済み',
  amountDue: '請求残高',
  page: (page, pages) => `${page} / ${pages} ページ`,
  per: (price, units) => `${units}あたり${price}`,
  share: (part, of) => `${of}のうち${part}`,
  lines: {
    plan_fee: 'プラン',
    minimum_commitment: '最低利用料金',
    seats: 'シート',
    add_on: 'アドオン',
    dedicated_ips: '専用IPアドレス',
    overage: '利用枠を超えた利用',
    additional_use: '追加利用',
    late_usage: '前期分の利用',
    proration_charge: '期間の残り',
    proration_credit: '未使用期間の返金',
    balance: '残高',
    credit_note: '返金',
    custom: '',
    credit_pack: 'クレジット',
    tax: '税',
  },
  statuses: {
    draft: '下書き',
    open: '未払い',
    paid: '支払済み',
    past_due: '期限超過',
    void: '無効',
    uncollectible: '回収不能',
  },
};

const arabic: InvoiceWords = {
  direction: 'rtl',
  invoice: 'فاتورة',
  creditNote: 'إشعار دائن',
  draft: 'مسودة',
  number: 'الرقم',
  issued: 'تاريخ الإصدار',
  due: 'تاريخ الاستحقاق',
  paid: 'تاريخ الدفع',
  period: 'الفترة',
  corrects: 'تصحيح للفاتورة',
  billTo: 'إلى',
  from: 'من',
  taxId: 'الرقم الضريبي',
  description: 'الوصف',
  quantity: 'الكمية',
  unitPrice: 'سعر الوحدة',
  amount: 'المبلغ',
  subtotal: 'المجموع الفرعي',
  tax: 'الضريبة',
  total: 'الإجمالي',
  amountPaid: 'المدفوع',
  amountCredited: 'المقيّد للحساب',
  amountDue: 'المبلغ المستحق',
  page: (page, pages) => `صفحة ${page} من ${pages}`,
  per: (price, units) => `${price} لكل ${units}`,
  share: (part, of) => `${part} من ${of}`,
  lines: {
    plan_fee: 'الخطة',
    minimum_commitment: 'الحد الأدنى للالتزام',
    seats: 'المقاعد',
    add_on: 'إضافة',
    dedicated_ips: 'عناوين IP مخصصة',
    overage: 'استخدام يتجاوز الحصة',
    additional_use: 'استخدام إضافي',
    late_usage: 'استخدام متأخر',
    proration_charge: 'بقية الفترة',
    proration_credit: 'الجزء غير المستخدم من الفترة',
    balance: 'الرصيد',
    credit_note: 'رصيد دائن',
    custom: '',
    credit_pack: 'رصيد',
    tax: 'الضريبة',
  },
  statuses: {
    draft: 'مسودة',
    open: 'مفتوحة',
    paid: 'مدفوعة',
    past_due: 'متأخرة',
    void: 'ملغاة',
    uncollectible: 'غير قابلة للتحصيل',
  },
};

const byLanguage: Readonly<Record<string, InvoiceWords>> = {
  en: english,
  de: german,
  ja: japanese,
  ar: arabic,
};

/** The words of the locale's language; English where there are none. */
export function invoiceWords(locale: string): InvoiceWords {
  return byLanguage[new Intl.Locale(locale).language] ?? english;
}
