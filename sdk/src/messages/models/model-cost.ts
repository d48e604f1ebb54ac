/** Texts of ModelCost. */
export const modelCostMessages = {
  what: 'cost of this run',
  title: 'Cost of this run',
  upTo: (amount: string) => `Up to ${amount}`,
  leaves: (left: string, available: string) => `Leaves ${left} of the ${available} available.`,
  leavesShort: (left: string) => `leaves ${left}`,
  unusedGoesBack: 'What is not used goes back.',
  free: 'No cost',
  freeDetail: 'This costs nothing by itself. What it starts is charged as usual.',
  ownKey: 'Covered by your own key',
  ownKeyDetail: 'Your provider charges you for it. Nothing is taken from this balance.',
  ownKeyLine: 'own key',
  /** The account has keys of its own, for other providers than this run's. */
  otherKey: 'This is charged here, because your own key is for another provider.',
  notEnough: 'Not enough left for this run',
  available: (available: string) => `${available} available`,
  figures: (available: string, cost: string) => `${available} available, ${cost} needed.`,
  unknown: 'Cost not known',
  rateWhat: 'price of this model',
  rateTitle: 'Price of this model',
  noPriceTitle: 'No price yet',
  noPriceDetail: 'The rate card does not name this model.',
};
