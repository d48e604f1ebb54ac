/** Texts of ModelPicker. */
export const modelPickerMessages = {
  what: 'models',
  title: 'Model',
  perRequest: (amount: string) => `${amount} a request`,
  perThousand: (input: string, output: string) => `${input} in, ${output} out, per 1,000 tokens`,
  cheapest: 'Cheapest',
  notInPlan: 'Not in this plan',
  free: 'No cost',
  pricesAsOf: (time: string) => `Prices as of ${time}`,
  emptyTitle: 'No models yet',
  emptyDetail: 'Models appear here once the rate card names them.',
};
