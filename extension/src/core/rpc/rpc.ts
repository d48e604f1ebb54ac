import type { Credits, Usage } from '@usagekit/server/contract';
import type { Snapshot } from '../account/snapshot.ts';
import type { ConnectionField, ConnectionView } from '../connection/connection.ts';
import type { PairingView } from '../connection/pairing.ts';
import type { PageView } from '../prompt/page-view.ts';
import type { ProductPage } from '../server/product-pages.ts';
import type { IconChoice, NotifySettings, Settings } from '../settings.ts';
import type { ChipView } from '../sites/chip-view.ts';
import type { BoundSite } from '../sites/site.ts';
import { rpcVersion } from './rpc-name.ts';

/** A handler that has not answered by then is answered for. */
export const rpcTimeoutMs = 10_000;

/** Who sent a message, as the browser says and nobody can forge. */
export type Sender = { kind: 'extension-page' } | { kind: 'content-script'; origin: string; tabId: number };

/** Everything an extension page needs to paint; it holds no token. */
export interface ExtensionState {
  /** In the order in which they were connected. */
  accounts: AccountView[];
  /** The account that icon and popup show; null where none is connected. */
  shownId: string | null;
  sites: BoundSite[];
  settings: Settings;
  /** A connection that is being made; null where none is. */
  pairing: PairingView | null;
}

/** A connected account as an extension page may see it. */
export interface AccountView {
  connection: ConnectionView;
  snapshot: Snapshot;
}

/** Parameters and results of every method. */
export interface RpcMethods {
  /** The known state, without a request to the server. */
  state: { params: null; value: ExtensionState };
  /** Asks the shown account's server for the summary and waits; `cause: 'opened'` is content with figures of a moment ago. */
  summary: { params: { cause: 'opened' | 'asked' }; value: ExtensionState };
  usage: { params: null; value: Usage };
  credits: { params: null; value: Credits };
  /** Reads one of an account's answers, for the side panel; refused for any other address and for what changes something. */
  read: { params: { connectionId: string; path: string }; value: { status: number; body: string } };
  connect: { params: { serverUrl: string; token: string }; value: ConnectAnswer };
  /** Asks a server for a code and opens the page on which it is approved. */
  pair: { params: { serverUrl: string }; value: null };
  cancelPairing: { params: null; value: null };
  disconnect: { params: { connectionId: string }; value: null };
  /** Shows an account; an empty id leaves it to the extension. */
  choose: { params: { connectionId: string }; value: null };
  setIcon: { params: IconChoice; value: null };
  /** Turns notifications on or off; the page has asked the browser in its click. */
  setNotify: { params: NotifySettings; value: null };
  /** Says for which site the browser is about to ask; it is added once the user allows it, though the popup is gone by then. */
  wantSite: { params: { origin: string; connectionId: string }; value: null };
  /** Takes in a site for an account; the page has asked for its permission in its click. */
  addSite: { params: { origin: string; connectionId: string }; value: { sites: BoundSite[] } };
  removeSite: { params: { origin: string }; value: { sites: BoundSite[] } };
  /** Says whether the pages of an added site show a line with what is left. */
  setChip: { params: { origin: string; isShown: boolean }; value: null };
  /** Takes the line from the site that calls. */
  putChipAway: { params: null; value: null };
  /** Opens the paired server's billing page in a tab. */
  openBilling: { params: null; value: null };
  /** Opens one of the pages of the product whose account is shown. */
  openPage: { params: { page: ProductPage }; value: null };
  /** "Something may have changed": costs at most one question to the server in five seconds. */
  hint: { params: null; value: null };
  /** Not now: no prompt for a day. */
  snooze: { params: null; value: null };
}

export type RpcMethod = keyof RpcMethods;

/** The result of connecting, or the wrong field and the reason. */
export type ConnectAnswer =
  | { connected: true; state: ExtensionState; found: ConnectFound }
  | { connected: false; field: ConnectionField; message: string };

export interface ConnectFound {
  accountName: string;
  planName: string | null;
  role: string | null;
}

/** Why a call failed, in order of precedence. */
export type RpcErrorCode =
  | 'invalid_request'
  | 'unknown_method'
  | 'forbidden'
  | 'invalid_params'
  | 'not_connected'
  | 'server'
  | 'timeout'
  | 'internal';

export type Envelope<Value> =
  | { ok: true; value: Value }
  | { ok: false; error: { code: RpcErrorCode; message: string } };

/** An expected failure of a method; its message is for people. Anything else that is thrown becomes `internal`. */
export class RpcError extends Error {
  readonly code: RpcErrorCode;
  constructor(code: RpcErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RpcError';
    this.code = code;
  }
}

/** A method with who may call it, how its parameters are read, and what it does. */
export interface RpcHandler<Method extends RpcMethod> {
  allow: readonly Sender['kind'][];
  /** @throws RpcError `invalid_params`. */
  parseParams(params: unknown): RpcMethods[Method]['params'];
  run(params: RpcMethods[Method]['params'], sender: Sender): Promise<RpcMethods[Method]['value']>;
}

export type RpcHandlers = { readonly [Method in RpcMethod]: RpcHandler<Method> };

/** The largest body that is looked at, in characters of its JSON. */
const requestCharactersMax = 8192;

/**
 * Reads the body of a message. The method is only known to be a short string; the table of handlers decides whether
 * it exists.
 * @throws RpcError `invalid_request`.
 */
export function parseRpcRequest(body: unknown): { id: string; method: string; params: unknown } {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalidRequest('it has no body');
  const { v, id, method, params, ...rest } = body as Record<string, unknown>;
  if (v !== rpcVersion) throw invalidRequest('it is of another version; reload the page');
  if (typeof id !== 'string' || id.length === 0 || id.length > 64) throw invalidRequest('its id is missing');
  if (typeof method !== 'string' || method.length > 64) throw invalidRequest('its method is missing');
  if (Object.keys(rest).length > 0) throw invalidRequest('it has unknown fields');
  const characters = JSON.stringify(params)?.length ?? 0;
  if (characters > requestCharactersMax) throw invalidRequest('it is too large');
  return { id, method, params };
}

function invalidRequest(what: string): RpcError {
  return new RpcError('invalid_request', `The message was not understood: ${what}.`);
}

/** Whether a value is an envelope; anything else counts as no answer. */
export function isEnvelope(value: unknown): value is Envelope<unknown> {
  if (typeof value !== 'object' || value === null || !('ok' in value)) return false;
  if (value.ok === true) return 'value' in value;
  if (value.ok !== false || !('error' in value)) return false;
  const { error } = value;
  return typeof error === 'object' && error !== null && 'code' in error && 'message' in error;
}

/** For methods without parameters. */
export function parseNoParams(params: unknown): null {
  if (params === null || params === undefined) return null;
  throw new RpcError('invalid_params', 'This method takes no parameters.');
}

/** Reads an object of exactly these string fields. */
export function parseStringParams<Name extends string>(
  params: unknown,
  names: readonly Name[],
): Record<Name, string> {
  if (typeof params !== 'object' || params === null)
    throw new RpcError('invalid_params', 'Parameters are missing.');
  const given = params as Record<string, unknown>;
  const unknown = Object.keys(given).filter((name) => !names.some((known) => known === name));
  if (unknown.length > 0) throw new RpcError('invalid_params', 'There are unknown parameters.');
  const entries = names.map((name) => {
    const value = given[name];
    if (typeof value !== 'string' || value.length > 2048) {
      throw new RpcError('invalid_params', `The parameter ${name} is missing or too long.`);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as Record<Name, string>;
}

/** Reads whether a site shows its line. */
export function parseChipParams(params: unknown): RpcMethods['setChip']['params'] {
  const { origin, isShown } = typeof params === 'object' ? ((params ?? {}) as Record<string, unknown>) : {};
  if (typeof origin !== 'string' || typeof isShown !== 'boolean')
    throw new RpcError('invalid_params', 'The parameters are an origin and whether it shows the line.');
  return { origin, isShown };
}

/** Messages to what stands on a page and its answers; only the background sends them, to a content script. */
export type ContentMessage =
  | { usagekit: 'can_prompt' }
  | { usagekit: 'prompt'; view: PageView }
  | { usagekit: 'withdraw' }
  /** Null takes the line away. */
  | { usagekit: 'chip'; view: ChipView | null };

export interface CanPromptAnswer {
  isVisible: boolean;
  productShowsOwn: boolean;
}

/** Reads a content script's answer; anything else counts as a place where no prompt can stand. */
export function parseCanPromptAnswer(value: unknown): CanPromptAnswer {
  if (typeof value !== 'object' || value === null) return { isVisible: false, productShowsOwn: false };
  const { isVisible, productShowsOwn } = value as Record<string, unknown>;
  return { isVisible: isVisible === true, productShowsOwn: productShowsOwn === true };
}
