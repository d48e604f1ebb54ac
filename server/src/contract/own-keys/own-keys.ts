/** Body of `PUT /v1/accounts/{id}/own-keys/{provider}`. The key itself is never sent nor stored. */
export interface OwnKeyInput {
  label: string;
  /** The key's last four characters, to tell it by. */
  lastFour: string;
}

/** The account's own key at a provider of models, which is charged without the price of the model. The key itself is not kept. */
export interface OwnKey extends OwnKeyInput {
  provider: string;
}
