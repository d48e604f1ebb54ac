import type { Token } from '@usagekit/server/contract';
import { UsageKitError } from './usagekit-error.ts';

/** The account and member whose figures are shown. Take both from the signed-in user, never from the address bar. */
export interface Session {
  /** Who is billed. */
  accountId: string;
  /** The signed-in member; left out for a public visitor. */
  memberId?: string;
}

/**
 * Gets a customer token from the host's own backend, which makes it with `POST /v1/tokens` for the user it has signed in.
 * It is told for which session, so that a backend which serves several accounts to one user can tell them apart; the
 * backend must check that the user belongs there. A bare string is a token whose end is not known.
 */
export type GetToken = (session: Session | undefined) => Promise<Token | string> | Token | string;

/** Hands out one session's token: asked for once at a time, in memory only. */
export interface TokenSource {
  /** A token that is good for a while yet. Rejects with `token_unavailable`. */
  current(): Promise<string>;
  /** Drops this token after the server refused it, unless a newer one has taken its place. */
  refuse(token: string): void;
  /** Drops whatever there is. */
  forget(): void;
}

/** The part of a token's life after which a new one is asked for, so that none ends under way. */
const renewAtShare = 0.8;

interface HeldToken {
  token: string;
  renewAtMs: number;
}

export function createTokenSource(getToken: GetToken, session: Session | undefined): TokenSource {
  let held: HeldToken | undefined;
  let asking: Promise<HeldToken> | undefined;

  async function ask(): Promise<HeldToken> {
    const askedAtMs = Date.now();
    let answer: Token | string;
    try {
      answer = await getToken(session);
    } catch (cause) {
      throw new UsageKitError({ code: 'token_unavailable', message: 'getToken failed.', cause });
    }
    return toHeldToken(answer, askedAtMs);
  }

  return {
    async current() {
      if (held && Date.now() < held.renewAtMs) return held.token;
      asking ??= ask();
      const asked = asking;
      try {
        const answer = await asked;
        // A session that was forgotten in the meantime must not get its token back.
        if (asking === asked) held = answer;
        return answer.token;
      } finally {
        if (asking === asked) asking = undefined;
      }
    },
    refuse(token) {
      if (held?.token === token) held = undefined;
    },
    forget() {
      held = undefined;
      asking = undefined;
    },
  };
}

function toHeldToken(answer: Token | string | undefined, askedAtMs: number): HeldToken {
  const { token, expiresAt = '' }: Partial<Token> =
    typeof answer === 'string' ? { token: answer } : { ...answer };
  if (!token) {
    throw new UsageKitError({
      code: 'token_unavailable',
      message: 'getToken gave no token. Return what POST /v1/tokens answers.',
      cause: answer,
    });
  }
  const lifetimeMs = Date.parse(expiresAt) - askedAtMs;
  // An end that cannot be read, or lies behind a clock that runs ahead, is left to the server, which answers 401:
  // renewing by it would ask for a token with every request.
  return {
    token,
    renewAtMs: lifetimeMs > 0 ? askedAtMs + lifetimeMs * renewAtShare : Number.POSITIVE_INFINITY,
  };
}
