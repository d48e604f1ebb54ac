/** How a plan's window begins: with a day or a week, with the first use, or at every moment. */
export const windowKinds = ['day', 'week', 'first_use', 'rolling'] as const;

/** How long a window of time is and when it begins. */
export type WindowKind = (typeof windowKinds)[number];
