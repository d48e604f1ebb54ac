/** Words of the buttons that would help. */
export const actionMessages = {
  buy_credits: 'Buy credits',
  /** In place of `buy_credits` where the balance is money. */
  addFunds: 'Add funds',
  upgrade: 'Upgrade',
  update_payment: 'Update payment method',
  /** In place of `update_payment` where the account has none yet. */
  addPayment: 'Add payment method',
  manage_plan: 'Manage plan',
  raise_limit: 'Raise this limit',
  raise_allocation: 'Raise this allocation',
  ask_admin: 'Ask an admin',
  wait: 'Wait for the reset',
  add_own_key: 'Use your own key',
};
