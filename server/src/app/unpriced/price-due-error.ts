/** Uses that an account was left without a price for have one now, and get it before anything else is decided. */
export class PriceDueError extends Error {
  override readonly name = 'PriceDueError';

  constructor() {
    super('Unpriced uses have a price now');
  }
}
