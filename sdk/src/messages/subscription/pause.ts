/** Texts of work that is paused, in a banner, a card and a panel. */
export const pauseMessages = {
  what: { all: 'New runs are paused', ai: 'AI is paused', metrics: 'Some work is paused' },
  /** Follows the paused thing. */
  because: {
    trial_over: ', since the trial is over',
    past_due: ', since a payment did not go through',
    retries_exhausted: ', since a payment kept failing',
    ended: ', since the plan has ended',
  },
  sentence: (what: string, because: string) => `${what}${because}. Nothing was deleted.`,
  /** For readers who cannot end the pause themselves. */
  othersCan: 'An owner or admin can bring it back.',
};
