import { paths } from '@usagekit/server/contract';
import type { Ports } from '../chrome/ports.ts';
import type { Connection } from '../core/connection/connection.ts';
import {
  parseChipParams,
  parseNoParams,
  parseStringParams,
  RpcError,
  type RpcHandlers,
  type Sender,
} from '../core/rpc/rpc.ts';
import { parseCredits, parseUsage } from '../core/server/parse-answer.ts';
import { type ProductPage, productPages, productPageUrl } from '../core/server/product-pages.ts';
import { isReadable } from '../core/server/readable-path.ts';
import { parseIconChoice, parseNotifySettings } from '../core/settings.ts';
import { siteOf } from '../core/sites/site.ts';
import { wordsOf } from '../words/words-of.ts';
import type { Accounts } from './connection/accounts.ts';
import { connect } from './connection/connect.ts';
import type { Pairer } from './connection/pairer.ts';
import type { ExtensionMemory } from './extension-memory.ts';
import type { Notifier } from './notifier.ts';
import { askServer, readServer, revokeToken } from './server/server-client.ts';
import type { HintGate } from './sites/hint-gate.ts';
import type { Prompter } from './sites/prompter.ts';
import type { SiteRegistry } from './sites/site-registry.ts';

/** How long somebody may think about what the browser asks. */
const wantedForMs = 5 * 60_000;

export interface RpcParts {
  memory: ExtensionMemory;
  accounts: Accounts;
  pairer: Pairer;
  notifier: Notifier;
  prompter: Prompter;
  hints: HintGate;
  sites: SiteRegistry;
  /** The account that is shown now. */
  shown(): Connection | null;
  /** Paints and lays or cuts the live lines, after connections, sites or settings were changed. */
  onChanged(): Promise<void>;
}

/** Every method that can be called, who may call it, and what it does. A page on a site may hint, put off, and open. */
export function createRpcHandlers(
  { system, tabs }: Pick<Ports, 'system' | 'tabs'>,
  parts: RpcParts,
): RpcHandlers {
  const { memory, accounts, notifier, pairer, prompter, hints, sites, shown, onChanged } = parts;

  const words = () => wordsOf(system.format()).failure;
  const shownOrThrow = (): Connection => {
    const connection = shown();
    if (connection === null) throw new RpcError('not_connected', words().noAccount);
    return connection;
  };

  const read = async <Value>(
    connection: Connection,
    toPath: (accountId: string) => string,
    parse: (body: unknown) => Value,
  ): Promise<Value> => {
    const answer = await askServer(system, connection, toPath(connection.accountId), parse);
    if (answer.kind === 'answered') return answer.value;
    throw new RpcError(
      'server',
      answer.kind === 'failed'
        ? answer.failure.message
        : words().noAnswer(new URL(connection.serverUrl).host),
    );
  };

  /** The account that a caller speaks of: a page on a site speaks of the account that the site was added for. */
  const accountOf = (sender: Sender): Connection | null => {
    if (sender.kind === 'extension-page') return shown();
    const site = siteOf(memory.sites(), sender.origin);
    return site === undefined ? null : memory.account(site.connectionId).connection();
  };

  const setChip = async (origin: string, hasChip: boolean): Promise<void> => {
    await memory.setSites(
      memory.sites().map((site) => (site.origin === origin ? { ...site, hasChip } : site)),
    );
    await onChanged();
  };

  const openPage = async (connection: Connection | null, page: ProductPage): Promise<null> => {
    const summary = connection && memory.account(connection.id).snapshot().summary;
    const url = connection && productPageUrl(summary, page, connection.serverUrl);
    if (url === null) throw new RpcError('not_connected', words().noSuchPage);
    await tabs.open(url);
    return null;
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
        const connection = shown();
        if (connection !== null) await accounts.of(connection.id).refresher.refresh(cause);
        return memory.state();
      },
    },
    usage: {
      allow: ['extension-page'],
      parseParams: parseNoParams,
      async run() {
        const connection = shownOrThrow();
        const usage = await read(connection, paths.usage, parseUsage);
        if (isStill(connection)) await memory.account(connection.id).learn({ type: 'usage_fetched', usage });
        return usage;
      },
    },
    credits: {
      allow: ['extension-page'],
      parseParams: parseNoParams,
      async run() {
        const connection = shownOrThrow();
        const credits = await read(connection, paths.credits, parseCredits);
        if (isStill(connection))
          await memory.account(connection.id).learn({ type: 'credits_fetched', credits });
        return credits;
      },
    },
    read: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['connectionId', 'path']),
      async run({ connectionId, path }) {
        const connection = memory.account(connectionId).connection();
        if (connection === null) throw new RpcError('not_connected', words().accountNotConnected);
        if (!isReadable(path, connection.accountId))
          throw new RpcError('invalid_params', 'No such answer of this account.');
        const answer = await readServer(system, connection, path);
        if (answer === null)
          throw new RpcError('server', words().unreachable(new URL(connection.serverUrl).host));
        return answer;
      },
    },
    connect: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['serverUrl', 'token']),
      async run(typed) {
        const result = await connect(system, memory, typed);
        if (!result.connected) return result;
        await onChanged();
        return { connected: true, found: result.found, state: memory.state() };
      },
    },
    pair: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['serverUrl']),
      async run({ serverUrl }) {
        await pairer.begin(serverUrl);
        return null;
      },
    },
    cancelPairing: {
      allow: ['extension-page'],
      parseParams: parseNoParams,
      async run() {
        await pairer.cancel();
        return null;
      },
    },
    disconnect: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['connectionId']),
      async run({ connectionId }) {
        const connection = memory.account(connectionId).connection();
        if (connection === null) return null;
        const added = memory.sites().filter((site) => site.connectionId === connectionId);
        for (const { origin } of added) await sites.remove(origin);
        await memory.removeConnection(connectionId);
        for (const { origin } of added) hints.forget(origin);
        await accounts.drop(connectionId);
        await prompter.forget(connectionId);
        await notifier.forget(connectionId);
        await onChanged();
        // Not awaited: forgetting must not depend on whether the server can be reached.
        void revokeToken(system, connection);
        return null;
      },
    },
    choose: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['connectionId']),
      async run({ connectionId }) {
        const chosenConnectionId = connectionId === '' ? null : connectionId;
        await memory.setSettings({ ...memory.settings(), chosenConnectionId });
        await onChanged();
        return null;
      },
    },
    setIcon: {
      allow: ['extension-page'],
      parseParams: parseIconChoice,
      async run(icon) {
        await memory.setSettings({ ...memory.settings(), icon });
        await onChanged();
        return null;
      },
    },
    setNotify: {
      allow: ['extension-page'],
      parseParams: parseNotifySettings,
      async run(notify) {
        await memory.setSettings({ ...memory.settings(), notify });
        return null;
      },
    },
    wantSite: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['origin', 'connectionId']),
      async run(site) {
        await memory.setWantedSite({ ...site, untilMs: system.nowMs() + wantedForMs });
        return null;
      },
    },
    addSite: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['origin', 'connectionId']),
      async run({ origin, connectionId }) {
        await sites.add(origin, connectionId);
        await onChanged();
        return { sites: memory.sites() };
      },
    },
    removeSite: {
      allow: ['extension-page'],
      parseParams: (params) => parseStringParams(params, ['origin']),
      async run({ origin }) {
        await sites.remove(origin);
        hints.forget(origin);
        await onChanged();
        await prompter.consider();
        return { sites: memory.sites() };
      },
    },
    setChip: {
      allow: ['extension-page'],
      parseParams: parseChipParams,
      async run({ origin, isShown }) {
        await setChip(origin, isShown);
        return null;
      },
    },
    putChipAway: {
      allow: ['content-script'],
      parseParams: parseNoParams,
      async run(_params, sender) {
        if (sender.kind === 'content-script') await setChip(sender.origin, false);
        return null;
      },
    },
    openBilling: {
      allow: ['content-script'],
      parseParams: parseNoParams,
      run: (_params, sender) => openPage(accountOf(sender), 'billing'),
    },
    openPage: {
      allow: ['extension-page'],
      parseParams(params) {
        const { page } = parseStringParams(params, ['page']);
        const known = productPages.find((each) => each === page);
        if (known === undefined) throw new RpcError('invalid_params', 'This page is unknown.');
        return { page: known };
      },
      run: ({ page }) => openPage(shown(), page),
    },
    hint: {
      allow: ['extension-page', 'content-script'],
      parseParams: parseNoParams,
      async run(_params, sender) {
        const connection = accountOf(sender);
        // Not awaited: how long the server took would tell a page something.
        if (sender.kind === 'content-script') hints.hint(sender.origin);
        else if (connection !== null) void accounts.of(connection.id).refresher.refresh('hint');
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

  /** Whether the account was neither disconnected nor connected again while it was asked about. */
  function isStill(connection: Connection): boolean {
    return memory.account(connection.id).connection()?.tokenSinceMs === connection.tokenSinceMs;
  }
}
