/** Texts about how a purchase is paid, which purchase dialog and auto top-up share. */
export const paymentMessages = {
  method: (brand: string, lastFour: string) => `${brand} ending in ${lastFour}`,
  payWith: (method: string) => `Charged to ${method}`,
  add: 'Add payment method',
  confirm: 'Confirm payment method',
  change: 'Change',
  changeMethod: 'Change payment method',
  opening: 'Opening',
  missing: 'There is no payment method yet',
  missingDetail: 'Add one on the payment page, then come back here. Nothing is charged for adding it.',
  unconfirmed: 'The payment method is not confirmed yet',
  unconfirmedDetail: 'Confirm it on the payment page, then come back here.',
  /** To a reader who may not change it. */
  othersMay: 'An owner or admin can change this.',
  startFailed: 'The payment page could not be opened.',
};
