/** Texts of work that is paused, in a banner, a card and a panel. */
export const pauseMessages = {
  what: { all: 'New runs are paused', ai: 'AI is paused', metrics: 'Some work is paused' },
  because: {
    trial_over: (what: string) => `${what}, since the trial is over. Nothing was deleted.`,
    past_due: (what: string) => `${what}, since a payment did not go through. Nothing was deleted.`,
    retries_exhausted: (what: string) =>
      `${what}, since a payment failed each time it was tried. Nothing was deleted.`,
    ended: (what: string) => `${what}, since the plan has ended. Nothing was deleted.`,
    unknown: (what: string) => `${what}. Nothing was deleted.`,
  },
  /** To those who cannot help themselves. */
  othersCan: 'An owner or admin can bring it back.',
};
