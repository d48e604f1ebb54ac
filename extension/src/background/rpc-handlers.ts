import { paths } from '@usagekit/server/contract';
import type { Ports } from '../chrome/ports.ts';
import { parseCredits, parseUsage } from '../core/parse-answer.ts';
import { parseNoParams, parseStringParams, RpcError, type RpcHandlers } from '../core/rpc.ts';
import { parseBillingUrl } from '../core/server-address.ts';
import { connect } from './connect.ts';
import type { ExtensionMemory } from './extension-memory.ts';
import type { HintGate } from './hint-gate.ts';
import type { Prompter } from './prompter.ts';
import type { Refresher } from './refresher.ts';
import { askServer, revokeToken } from './server-client.ts';
import type { SiteRegistry } from './site-registry.ts';

export interface RpcParts {
  memory: ExtensionMemory;
  refresher: Refresher;
  prompter: Prompter;
  hints: HintGate;
  sites: SiteRegistry;
  /** Paints and lays or cuts the live line, after the connection or the sites were changed. */
  onChanged(): Promise<void>;
}

/** Every method that can be called, who may call it, and what it does. A page on a site may hint, put off, and open. */
export function createRpcHandlers(
  { system, tabs }: Pick<Ports, 'system' | 'tabs'>,
  parts: RpcParts,
): RpcHandlers {
  const { memory, refresher, prompter, hints, sites, onChanged } = parts;

  const read = async <Value>(
    toPath: (accountId: string) => string,
    parse: (body: unknown) => Value,
  ): Promise<Value> => {
    const connection = memory.connection();
    if (connection === null) throw new RpcError('not_connected', 'No account is connected.');
    const answer = await askServer(system, connection, toPath(connection.accountId), parse);
    if (answer.kind === 'answered') return answer.value;
    throw new RpcError(
      'server',
      answer.kind === 'failed' ? answer.failure.message : 'The server gave no answer.',
    );
  };

  return {
    state: {
      allow: ['extension-page'],
      parseParams: parseNoParams,
      run: async () => memory.state(),
    },
    summary: {
      allow: ['extension-page'],
      parseParams(params) {
        const { cause } = parseStringParams(params, ['cause']);
        if (cause !== 'opened' && cause !== 'asked')
          throw new RpcError('invalid_params', 'This cause is unknown.');
        return { cause };
      },
      async run({ cause }) {
        await refresher.refresh(cause);
        return memory.state();
      },
    },
    usage: {
      allow: ['extension-page'],
      parseParams: parseNoParams,
      async run() {
        const usage = await read(paths.usage, parseUsage);
        await memory.learn({ type: 'usage_fetched', usage });
        return usage;
      },
    },
    credits: {
      allow: ['extension-page'],
      parseParams: parseNoParams,
      async run() {
        const credits = await read(paths.credits, parseCredits);
        await memory.learn({ type: 'credits_fetched', credits });
        return credits;
      },
    },
    connect: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['serverUrl', 'token']),
      async run(typed) {
        const result = await connect(system, memory, typed);
        if (!result.connected) return result;
        await onChanged();
        return { ...result, state: memory.state() };
      },
    },
    disconnect: {
      allow: ['extension-page'],
      parseParams: parseNoParams,
      async run() {
        const connection = memory.connection();
        await memory.setConnection(null);
        hints.forgetAll();
        refresher.forget();
        await prompter.forgetAll();
        await onChanged();
        // Not awaited: forgetting must not depend on whether the server can be reached.
        if (connection !== null) void revokeToken(system, connection);
        return null;
      },
    },
    addSite: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['origin']),
      async run({ origin }) {
        await sites.add(origin);
        await onChanged();
        return { sites: memory.sites() };
      },
    },
    removeSite: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['origin']),
      async run({ origin }) {
        await sites.remove(origin);
        await onChanged();
        return { sites: memory.sites() };
      },
    },
    openBilling: {
      allow: ['extension-page', 'content-script'],
      parseParams: parseNoParams,
      async run() {
        const connection = memory.connection();
        const { summary } = memory.snapshot();
        const url = connection && parseBillingUrl(summary?.billingUrl ?? null, connection.serverUrl);
        if (url === null) throw new RpcError('not_connected', 'The product names no billing page.');
        await tabs.open(url);
        return null;
      },
    },
    hint: {
      allow: ['extension-page', 'content-script'],
      parseParams: parseNoParams,
      async run(_params, sender) {
        // Not awaited: how long the server took would tell a page something.
        if (sender.kind === 'content-script') hints.hint(sender.origin);
        else void refresher.refresh('hint');
        return null;
      },
    },
    snooze: {
      allow: ['extension-page', 'content-script'],
      parseParams: parseNoParams,
      async run() {
        await prompter.snooze();
        return null;
      },
    },
  };
}
