export type StoreOpenCode =
  | 'cannot_open'
  | 'not_a_database'
  | 'newer_version'
  | 'older_version'
  | 'held_by_another'
  | 'unfinished_move';

export const olderVersion = (what: string) =>
  `${what} was written by an older version of UsageKit; start the server once without --read-only, which brings it up to date.`;

export const unfinishedMove = (what: string) =>
  `${what} is one that a move into it was broken off of: run the same usagekit move again.`;

/** The store cannot be opened, and trying again without changing something will not help. The message is one line for people. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
  readonly code: StoreOpenCode;

  constructor(code: StoreOpenCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
