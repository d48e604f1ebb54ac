/** The kinds of credentials that a caller can show. */
export const callerKinds = ['secret_key', 'member', 'visitor', 'extension'] as const;

export type CallerKind = (typeof callerKinds)[number];
