/** A request that a fault lets fail as `fetch` does without a network. Every other error is a mistake, and is to be seen. */
export class NetworkFailure extends TypeError {
  override readonly name = 'TypeError';

  constructor() {
    super('Failed to fetch');
  }
}
