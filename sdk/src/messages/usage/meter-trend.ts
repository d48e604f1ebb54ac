/** Texts of a meter's months. */
export const meterTrendMessages = {
  /** `values` is already a list, oldest first. */
  trend: (months: number, values: string) => `Last ${months} months: ${values}`,
};
