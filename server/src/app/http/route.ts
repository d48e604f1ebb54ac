import type { Caller, CallerKind } from '../callers/caller.ts';
import type { Services } from '../services.ts';
import type { Reply } from './reply.ts';

/** One request on its way: who calls, with what. */
export interface Call<By extends Caller = Caller> {
  readonly services: Services;
  readonly request: Request;
  readonly requestId: string;
  readonly caller: By;
  /** Parameters of the path, decoded. */
  readonly params: Readonly<Record<string, string>>;
}

/** A request to a route that asks for no credentials. */
export type OpenCall = Omit<Call, 'caller'>;

interface RouteAddress {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As in `paths`, with `:name` for parameters. One that is called `accountId` is held to a token's account. */
  readonly path: string;
  /** HEAD is answered as GET is, without the body; `refused` where GET opens what stays open. */
  readonly head?: 'refused';
}

/** A route that anybody may call. */
export interface OpenRoute extends RouteAddress {
  readonly callers: 'anyone';
  handle(call: OpenCall): Reply | Promise<Reply>;
}

/** A route for callers that have shown who they are. */
export interface CallerRoute extends RouteAddress {
  readonly callers: readonly CallerKind[];
  handle(call: Call): Reply | Promise<Reply>;
}

export type Route = OpenRoute | CallerRoute;

/** Only the host's backend. */
export const backendOnly: readonly CallerKind[] = ['secret_key'];
/** Whoever may change what costs money, where their role allows it; a read-only extension may not. */
export const managers: readonly CallerKind[] = ['secret_key', 'member'];
/** Whoever may read an account's figures; each sees what its role may. */
export const readers: readonly CallerKind[] = ['secret_key', 'member', 'extension'];
