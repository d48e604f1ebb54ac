/** A webhook on its way. */
export interface WebhookMessage {
  /** Where the host takes its notices. */
  readonly url: string;
  /** The same at every attempt. */
  readonly id: string;
  /** Time of this attempt; receivers refuse old ones. */
  readonly sentAtMs: number;
  /** JSON, the same at every attempt. */
  readonly payload: string;
  /** Each signs it: two while a secret is being rotated. */
  readonly secrets: readonly string[];
  /** Ends the attempt, which then counts as none. */
  readonly signal: AbortSignal;
}

/** A mail on its way. */
export interface MailMessage {
  /** One bare address. */
  readonly to: string;
  /** The same at every attempt. */
  readonly id: string;
  /** One line. */
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Delivers notices to receivers outside. */
export interface NoticeTransport {
  /** Why the address can be no endpoint; null where it can. */
  refuses(url: string): string | null;
  /** Gives why it was not taken, in words for people; null where it was. */
  post(message: WebhookMessage): Promise<string | null>;
  /** Gives why it was not taken, in words for people; null where it was. */
  mail(message: MailMessage): Promise<string | null>;
}
