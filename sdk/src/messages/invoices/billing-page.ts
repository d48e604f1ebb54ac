/** Texts of BillingPage. */
export const billingPageMessages = {
  title: 'Billing',
  nav: 'Parts of billing',
  sections: {
    overview: 'Overview',
    credits: 'Balance',
    invoices: 'Invoices',
    payment: 'Payment',
    plans: 'Plans',
  },
};
