/** Texts of a meter's level, which are shown from 80% on. */
export const meterLevelMessages = {
  level: { warning: 'Nearing the limit', high: 'Almost used up', at: 'At the limit', over: 'Over the limit' },
};
