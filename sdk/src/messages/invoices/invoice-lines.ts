/** Texts of the lines of an invoice, and of how a line's amount came about. */
export const invoiceLinesMessages = {
  what: 'invoice lines',
  title: (number: string) => `${number}: lines`,
  total: 'Total',
  explain: 'Explain',
  /** For assistive technology. */
  explainLine: (subject: string) => `Explain ${subject}`,
  byQuantity: 'The price depends on the quantity.',
  share: (part: string, of: string, whole: string) => `${part} of ${of} parts of the period, of ${whole}`,
  taxed: (sum: string) => `On ${sum}`,
  fixed: 'A fixed amount of the plan or of the order.',
  uses: 'Uses that it bills',
  noUses: 'No use is recorded for it.',
  incomplete:
    'Some uses were recorded by an earlier version, which did not keep what the invoice pays of them.',
  moreUses: 'Show more uses',
};
