/** Texts of ActivityLog. */
export const activityLogMessages = {
  what: 'activity log',
  title: 'Activity',
  emptyTitle: 'No activity yet',
  emptyDetail: 'Purchases, adjustments and changes of what costs money will stand here.',
  kind: {
    credits_purchased: 'Purchase',
    purchase_failed: 'Failed purchase',
    credits_granted: 'Grant',
    credits_adjusted: 'Adjustment',
    auto_top_up_changed: 'Auto top-up',
    payment_method_changed: 'Payment method',
    own_key_changed: 'Own key',
    subscription_changed: 'Subscription',
    use_voided: 'Taken back',
    member_removed: 'Member removed',
    invoice_issued: 'Invoice',
    invoice_paid: 'Invoice paid',
    invoice_changed: 'Invoice changed',
    payment_failed: 'Payment overdue',
    payment_refunded: 'Refund',
    payment_disputed: 'Dispute',
    billing_details_changed: 'Billing details',
  },
  /** One sentence for each thing that can happen, with figures that are already written. */
  event: {
    credits_bought: (credits: string, price: string) => `${credits} added for ${price}`,
    credits_topped_up: (credits: string, price: string) => `${credits} added for ${price} by auto top-up`,
    /** `failure` is the payment provider's own sentence; a text in another language leaves it out. */
    purchase_failed: (credits: string, price: string, failure: string) =>
      failure ? `${credits} for ${price} not added: ${failure}` : `${credits} for ${price} not added`,
    credits_granted: (amount: string, label: string) => `${amount} added: ${label}`,
    credits_added: (amount: string) => `${amount} added`,
    credits_taken_back: (amount: string) => `${amount} taken back`,
    auto_top_up_set: (pack: string, price: string, threshold: string) =>
      `Auto top-up buys ${pack} for ${price} below ${threshold}`,
    auto_top_up_off: 'Auto top-up turned off',
    payment_method_set: (brand: string, lastFour: string) =>
      `Payment method is now ${brand} ending in ${lastFour}`,
    payment_method_removed: (brand: string, lastFour: string) =>
      `${brand} ending in ${lastFour} was removed at the payment provider`,
    own_key_set: (provider: string, lastFour: string) =>
      `Own key for ${provider} ending in ${lastFour} in use`,
    own_key_removed: (provider: string) => `Own key for ${provider} removed`,
    plan_changed: {
      month: (plan: string) => `Plan ${plan}, charged by the month`,
      year: (plan: string) => `Plan ${plan}, charged by the year`,
    },
    plan_scheduled: {
      month: (plan: string) => `Plan ${plan}, charged by the month, from the end of the period`,
      year: (plan: string) => `Plan ${plan}, charged by the year, from the end of the period`,
    },
    plan_tried: (plan: string) => `Trial of the ${plan} plan`,
    plan_kept: 'The present plan goes on',
    trial_started: (days: number, written: string) =>
      days === 1 ? 'Trial of 1 day' : `Trial of ${written} days`,
    trial_extended: (days: number, written: string) =>
      days === 1 ? 'The trial goes on for 1 day' : `The trial goes on for ${written} days`,
    trial_ended: 'The trial has ended',
    cancelled: 'Subscription cancelled, with the end of the period',
    resumed: 'Subscription resumed',
    quantity_set: (label: string, quantity: string) => `${label}: ${quantity}`,
    dedicated_ips_set: (quantity: string) => `Dedicated IPs: ${quantity}`,
    dedicated_ip_assigned: (ip: string, agent: string) => `${ip} assigned to ${agent}`,
    dedicated_ip_released: (ip: string) => `${ip} released`,
    dedicated_ip_removed: (ip: string) => `${ip} taken off`,
    additional_use_set: {
      off: (label: string) => `Additional use of ${label} turned off`,
      unlimited: (label: string) => `Additional use of ${label} without a limit`,
      capped: (label: string, cap: string) => `Additional use of ${label} up to ${cap}`,
    },
    own_limit_set: (label: string, limit: string) => `${label}: limited to ${limit}`,
    own_limit_removed: (label: string) => `${label}: no limit of its own`,
    alerts_set: (label: string, amounts: string) => `${label}: alerts at ${amounts}`,
    alerts_removed: (label: string) => `${label}: no alert`,
    alert_mail_set: 'Alerts are mailed to another address',
    alert_mail_removed: 'Alerts are not mailed',
    contract_set: (label: string) => `Contract: ${label}`,
    contract_ended: 'The contract has ended',
    catalog_moved: (version: string) => `Moved to version ${version} of the plans`,
    payment_standing: {
      paid: 'Everything is paid',
      past_due: 'A payment is overdue',
      retries_exhausted: 'A payment failed for the last time that it is tried by itself',
    },
    invoice: {
      issued: (number: string, total: string) => `Invoice ${number} over ${total} issued`,
      paid: (number: string, total: string) => `Invoice ${number} over ${total} paid`,
      void: (number: string, total: string) => `Invoice ${number} over ${total} is void`,
      uncollectible: (number: string, total: string) => `Invoice ${number} over ${total} given up`,
      past_due: (number: string, total: string) => `Invoice ${number} over ${total} past due`,
    },
    line_billed: (subject: string, amount: string) => `${subject} billed over ${amount}`,
    paid_ahead: (amount: string) => `${amount} paid beyond what is owed, kept for the next invoice`,
    plan_change_unpaid: (plan: string) => `The change to ${plan} was not paid and not made`,
    quantity_unpaid: (subject: string) => `${subject} was not paid and not changed`,
    refunded: (amount: string, subject: string, _failure: string) => `${amount} of ${subject} given back`,
    refund_failed: (amount: string, subject: string, failure: string) =>
      failure
        ? `${amount} of ${subject} could not be given back: ${failure}`
        : `${amount} of ${subject} could not be given back`,
    refund_returned: (amount: string, subject: string) =>
      `${amount} of ${subject} came back from the bank, kept for the next invoice`,
    disputed: {
      inquiry: (amount: string, subject: string) => `The bank asks about ${amount} of ${subject}`,
      open: (amount: string, subject: string) => `${amount} of ${subject} disputed at the bank`,
      won: (amount: string, subject: string) =>
        `Dispute over ${amount} of ${subject} ended, the payment stands`,
      lost: (amount: string, subject: string) =>
        `Dispute over ${amount} of ${subject} ended, the money went back`,
    },
    billing_details_set: (name: string) => `Invoices are made out to ${name}`,
    use_taken_back: (label: string, more: number, written: string) =>
      !label
        ? 'Use taken back'
        : more === 0
          ? `Taken back: ${label}`
          : `Taken back: ${label} and ${written} more`,
    member_removed: (name: string) => `${name} was removed`,
  },
  by: (member: string) => `by ${member}`,
  more: 'Show more',
  loadingMore: 'Loading',
  moreFailed: 'More could not be loaded. Try again.',
};
