import type { Problem } from '@usagekit/server/contract';
import type { OutgoingRequest } from './send-request.ts';
import type { UsageKitError } from './usagekit-error.ts';

/** Causes that were told; an array, since bundlers know that making one has no effect. */
const told: string[] = [];
/** A page that fails in more ways than this is told no more of them. */
const toldMax = 50;

/**
 * Writes one line to the console for each cause of a failed request: code, address, cause, and what to do. For development only: a
 * build for production leaves this module out. Nothing is written of what is no mistake of the host's: a refused use or a
 * declined card.
 */
export function explainFailure(error: UsageKitError, baseUrl: string, outgoing: OutgoingRequest): void {
  const advice = adviceOn(error, baseUrl);
  const cause = `${error.code} ${baseUrl} ${advice}`;
  if (advice === undefined || told.includes(cause) || told.length >= toldMax) return;
  told.push(cause);
  const { method = 'GET', path } = outgoing;
  const line = `[UsageKit] ${error.code} at ${method} ${baseUrl}${path}: ${error.message} ${advice}`;
  // biome-ignore lint/suspicious/noConsole: it is how a developer hears of it, and no production build has it
  console.error(line, ...(error.cause === undefined ? [] : [error.cause]));
}

function adviceOn(error: UsageKitError, baseUrl: string): string | undefined {
  const { code, status = 0 } = error;
  if (code === 'token_unavailable') return adviceOnToken(error.cause);
  if (code === 'network_error')
    return `Nothing answered. Does a server run at baseUrl '${baseUrl}', may pages of this origin read it (CORS), and is it https where the page is?`;
  if (code === 'timeout')
    return 'The server is slow or something before it holds the request; timeoutMs of createClient sets the wait.';
  if (code === 'malformed_answer' || status === 404) return adviceOnAddress(error, baseUrl);
  if (code === 'not_available')
    return 'This is the neutral answer to a visitor: the token names no member. POST /v1/tokens takes memberId.';
  if (status === 401)
    return 'getToken has to return a fresh token of this server, from POST /v1/tokens; without getToken your proxy has to add one.';
  if (code === 'other_account')
    return 'getToken gets the session and has to return a token for the accountId in it; the token that it gave does not fit this account.';
  if (status === 403)
    return 'getToken gets the session and has to return a token for its account and member; their role decides what it may read.';
  if (status === 400) return wrongFields(error);
  if (status >= 500) return `The server's log has request ${error.requestId}.`;
  return undefined;
}

function adviceOnAddress({ code, message }: UsageKitError, baseUrl: string): string | undefined {
  if (/\/v1\/?$/.test(baseUrl)) return 'baseUrl ends with /v1: leave that out, the client adds it.';
  if (code === 'malformed_answer')
    return `Something other than UsageKit answers at baseUrl '${baseUrl}', such as your page's own server: name the address of the UsageKit server, or of your proxy for it.`;
  return /account|member/i.test(message)
    ? 'Your backend makes accounts and members, by ensureAccount and ensureMember, before it makes tokens for them.'
    : undefined;
}

/** @param given what getToken threw, or gave instead of a token */
function adviceOnToken(given: unknown): string {
  if (typeof Response !== 'undefined' && given instanceof Response)
    return `It gave a Response (status ${given.status}): add .then((response) => response.json()).`;
  if (given instanceof SyntaxError)
    return 'The answer of your token route is no JSON: does the route exist, and does it answer 200?';
  if (given instanceof Error) return 'It threw what follows. Does your token route run?';
  if (typeof given === 'object' && given !== null)
    return `It gave an object with ${Object.keys(given).join(', ') || 'nothing'} in it, and no token: does your token route answer what POST /v1/tokens does?`;
  return `It gave ${String(given)}: return the answer of your token route, in which token stands.`;
}

function wrongFields({ problem }: UsageKitError): string {
  const wrong = (problem as Partial<Problem>).invalidParameters ?? [];
  return wrong.map((each) => `${each.pointer} ${each.detail}; accepted: ${each.accepted}.`).join(' ');
}
