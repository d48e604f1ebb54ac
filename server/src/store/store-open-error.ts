export type StoreOpenCode = 'cannot_open' | 'not_a_database' | 'newer_version' | 'held_by_another';

/** The store cannot be opened, and trying again without changing something will not help. The message is one line for people. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError';
  readonly code: StoreOpenCode;

  constructor(code: StoreOpenCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
