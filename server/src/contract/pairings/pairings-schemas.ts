import * as z from 'zod';
import { apiBounds } from '../api-bounds.ts';
import { role } from '../members/members-schemas.ts';
import { id, instant, pageOf } from '../values/primitive-schemas.ts';
import { tied } from '../values/tied-schema.ts';
import type {
  ConnectedBrowser,
  ExtensionToken,
  Pairing,
  PairingRequest,
  PairingTokenRequest,
  StartedPairing,
} from './pairings.ts';

/** The form of a SHA-256 in base64url. */
const challengePattern = /^[A-Za-z0-9_-]{43}$/;
/** RFC 7636, 4.1. */
const verifierPattern = /^[A-Za-z0-9._~-]{43,128}$/;

export const pairingRequest = tied<PairingRequest>()(
  z.strictObject({
    browser: z.string().min(1).max(apiBounds.browserNameCharactersMax),
    challenge: z
      .string()
      .regex(challengePattern, { error: 'a SHA-256 in base64url without padding, 43 characters' }),
  }),
);

export const startedPairing = tied<StartedPairing>()(
  z.strictObject({
    deviceCode: z.string(),
    userCode: z.string(),
    verificationUri: z.string(),
    verificationUriComplete: z.string(),
    expiresInSeconds: z.int(),
    intervalSeconds: z.int(),
  }),
);

export const pairingTokenRequest = tied<PairingTokenRequest>()(
  z.strictObject({
    deviceCode: z.string().min(1).max(128),
    verifier: z.string().regex(verifierPattern, { error: '43 to 128 letters, digits and ._~- (RFC 7636)' }),
  }),
);

export const extensionToken = tied<ExtensionToken>()(
  z.strictObject({ token: z.string(), accountId: id, memberId: id, expiresAt: instant }),
);

export const pairing = tied<Pairing>()(
  z.strictObject({
    userCode: z.string(),
    status: z.enum(['pending', 'approved', 'denied']),
    browser: z.string(),
    origin: z.string().nullable(),
    createdAt: instant,
    expiresAt: instant,
    timeZone: z.string().exactOptional(),
  }),
);

export const connectedBrowser = tied<ConnectedBrowser>()(
  z.strictObject({
    id,
    memberId: id,
    memberName: z.string().exactOptional(),
    browser: z.string(),
    origin: z.string().nullable(),
    narrowTo: role.nullable(),
    connectedAt: instant,
    usedAt: instant,
    expiresAt: instant,
  }),
);
export const connectedBrowserPage = pageOf(connectedBrowser);
