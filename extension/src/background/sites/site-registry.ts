import type { RegisteredScript } from '../../chrome/ports/scripting-port.ts';
import type { Ports } from '../../chrome/ports.ts';
import { RpcError } from '../../core/rpc/rpc.ts';
import type { BoundSite } from '../../core/sites/site.ts';
import { parseSite, siteOf, sitesMax, toSitePattern } from '../../core/sites/site.ts';
import { wordsOf } from '../../words/words-of.ts';
import type { ExtensionMemory } from '../extension-memory.ts';

/** The sites that the user added. The content script runs on these and on no other. */
export interface SiteRegistry {
  /** @throws RpcError where the origin or the connection is none, its permission is missing, or there are too many. */
  add(origin: string, connectionId: string): Promise<void>;
  remove(origin: string): Promise<void>;
  /** Registers exactly the sites that were added and are still permitted. */
  sync(): Promise<void>;
}

/** @param scriptFile the content script's file within the extension. */
export function createSiteRegistry(
  { permissions, scripting, system }: Pick<Ports, 'permissions' | 'scripting' | 'system'>,
  memory: ExtensionMemory,
  scriptFile: string,
): SiteRegistry {
  let lastRun: Promise<unknown> = Promise.resolve();
  const inTurn = (run: () => Promise<void>): Promise<void> => {
    const done = lastRun.then(run);
    lastRun = done.catch(() => undefined);
    return done;
  };

  const toScript = (origin: string): RegisteredScript => ({
    id: `site:${origin}`,
    pattern: toSitePattern(origin),
    file: scriptFile,
  });

  const syncOnce = async (): Promise<void> => {
    const permitted: BoundSite[] = [];
    for (const site of memory.sites()) {
      if (await permissions.hasSite(toSitePattern(site.origin))) permitted.push(site);
    }
    if (permitted.length < memory.sites().length) await memory.setSites(permitted);

    const wanted = permitted.map(({ origin }) => toScript(origin));
    const registered = await scripting.registered();
    // After an update the file has another name, so that an entry of the same site may be an old one.
    const isWanted = (script: RegisteredScript) =>
      wanted.some(({ id, file }) => id === script.id && fileName(file) === fileName(script.file));
    await scripting.unregister(registered.filter((script) => !isWanted(script)).map(({ id }) => id));
    const kept = new Set(registered.filter(isWanted).map(({ id }) => id));
    for (const script of wanted) if (!kept.has(script.id)) await scripting.register(script);
  };

  return {
    add: (origin, connectionId) =>
      inTurn(async () => {
        const words = wordsOf(system.format());
        const site = parseSite(origin);
        if (!site.ok) throw new RpcError('invalid_params', words.address[site.problem]);
        if (memory.account(connectionId).connection() === null) {
          throw new RpcError('not_connected', words.failure.accountNotConnected);
        }
        if (siteOf(memory.sites(), site.origin)?.connectionId === connectionId) return;
        if (memory.sites().length >= sitesMax) {
          throw new RpcError('invalid_params', words.failure.tooManySites(String(sitesMax)));
        }
        if (!(await permissions.hasSite(site.pattern))) {
          throw new RpcError('forbidden', words.failure.siteNotAllowed(site.origin));
        }
        const others = memory.sites().filter(({ origin: known }) => known !== site.origin);
        await memory.setSites([...others, { origin: site.origin, connectionId, hasChip: false }]);
        await syncOnce();
        await scripting.runInOpenTabs(toScript(site.origin));
      }),
    remove: (origin) =>
      inTurn(async () => {
        await memory.setSites(memory.sites().filter((site) => site.origin !== origin));
        await syncOnce();
        await permissions.removeSite(toSitePattern(origin));
      }),
    sync: () => inTurn(syncOnce),
  };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
