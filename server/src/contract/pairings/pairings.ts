import type { Role } from '../members/members.ts';
import type { Instant } from '../values/amount.ts';

/**
 * Body of `POST /v1/pairings`, by which a browser extension asks to be connected: the device authorization request of
 * RFC 8628. No credentials come with it.
 */
export interface PairingRequest {
  /** The browser as its owner would call it, such as `Chrome on Linux`. The page that approves shows it. */
  browser: string;
  /** SHA-256 of the verifier, in base64url without padding (43 characters). Only who knows the verifier gets the token. */
  challenge: string;
}

/** The answer to `POST /v1/pairings`: the device authorization response of RFC 8628, with `apiBounds` for its times. */
export interface StartedPairing {
  /** For `POST /v1/pairings/token`; shown to nobody. */
  deviceCode: string;
  /** Eight letters with a dash, such as `WDJB-MJHT`; shown by the extension and by the page that approves. */
  userCode: string;
  /** The product's page where a signed-in member approves; the catalog's `links.connect`. */
  verificationUri: string;
  /** The same page with the code in `?code=`. */
  verificationUriComplete: string;
  expiresInSeconds: number;
  /** Wait so long between two calls of `POST /v1/pairings/token`; 5 s longer after each `slow_down`. */
  intervalSeconds: number;
}

/** Body of `POST /v1/pairings/token`. */
export interface PairingTokenRequest {
  deviceCode: string;
  /** The text whose SHA-256 was the challenge, 43 to 128 characters. */
  verifier: string;
}

/** The token of a browser that was connected. It is in this answer and nowhere else. */
export interface ExtensionToken {
  /** Reads what the member may read. It changes nothing. */
  token: string;
  accountId: string;
  memberId: string;
  expiresAt: Instant;
}

/** How the connection of a browser stands. */
export type PairingStatus = 'pending' | 'approved' | 'denied';

/** A pairing as the member sees who is asked to approve it. */
export interface Pairing {
  userCode: string;
  status: PairingStatus;
  /** As the browser named itself. Anybody may write anything here. */
  browser: string;
  /** Where the request came from, as the browser said: `chrome-extension://...`. Null where it said nothing. */
  origin: string | null;
  createdAt: Instant;
  expiresAt: Instant;
  /** The zone of the account of the member who is asked. */
  timeZone?: string;
}

/** A browser whose extension may read for a member. */
export interface ConnectedBrowser {
  id: string;
  memberId: string;
  /** The member's name; absent where there is none. */
  memberName?: string;
  /** The name that the browser gave itself, or the label of a key that was made for it. */
  browser: string;
  origin: string | null;
  /** The scope of its token; null if it reads everything that the member may read. */
  narrowTo: Role | null;
  connectedAt: Instant;
  /** To the day. */
  usedAt: Instant;
  /** 90 days after its last use. */
  expiresAt: Instant;
}
