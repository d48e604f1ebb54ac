import { join } from 'node:path';
import { createUsageKitClient, type UsageKitClient } from '@usagekit/server/client';
import { serve } from '@usagekit/server/node';
import { createBackend } from '../backend/create-backend.ts';
import { createDemoClock, type DemoClock } from '../backend/demo-clock.ts';
import { listen } from '../backend/listen.ts';
import { readSentPage } from '../backend/read-sent-page.ts';
import { serveFolder } from '../backend/serve-folder.ts';
import { fieldnoteCatalog } from '../catalog.ts';
import { type Buyer, createBuyer } from '../seed/create-buyer.ts';
import { planHistory } from '../seed/plan-history.ts';
import { runHistory } from '../seed/run-history.ts';
import { account, members } from '../workspace.ts';
import { buildApp, buildConsole } from './build-pages.ts';
import { openDemoFiles } from './demo-state.ts';
import { openOnFreePort } from './open-on-free-port.ts';
import { createOthers } from './open-others.ts';
import { reportProgress } from './report-progress.ts';
import type { Settings } from './settings.ts';

const ownerId = 'research-lead';

/** How often the account's clock is brought to the present while nobody runs a task. */
const clockIntervalMs = 15_000;

/**
 * Starts the UsageKit server and the demo product; lives through six months when there is no account yet. The product's
 * address answers from the beginning, so that nobody else can take it meanwhile.
 */
export async function startDemo(settings: Settings, tell: (line: string) => void) {
  const files = await openDemoFiles(settings.dataFolder);
  const { state } = files;
  let backend: ((request: Request) => Promise<Response>) | undefined;
  const app = await openOnFreePort(settings.appPort, (port) =>
    listen(async (request) => (backend ? backend(request) : startingPage()), port),
  );
  const appUrl = `http://localhost:${app.port}`;
  tell(`Fieldnote will be at ${appUrl} in a moment.`);
  const consoleFolder = join(settings.dataFolder, 'console');
  // The server reads the console's files when it starts.
  await buildConsole(settings.root, consoleFolder);
  const server = await openOnFreePort(settings.serverPort, (port) =>
    serve({
      databaseFile: files.databaseFile,
      port,
      secretKeys: [state.secretKey],
      catalog: fieldnoteCatalog(appUrl),
      consoleFolder,
    }),
  );
  const usage = createUsageKitClient({ url: server.url, key: state.secretKey });
  const clock = createDemoClock(server.url, state.secretKey, 'demo');

  const appFolder = join(settings.dataFolder, 'app');
  const built = buildApp(settings.root, appFolder);
  // Its failure is met below, and must not end the process before.
  built.catch(() => undefined);
  if (!state.seeded) {
    const owner = { accountId: account.id, memberId: ownerId };
    await seed(usage, clock, createBuyer(usage, server.url, owner), tell);
    state.seeded = true;
    await files.save();
  }
  await clock.catchUp();
  state.extensionToken ??= await createExtensionToken(usage);
  await files.save();
  await built;

  const others = createOthers(settings.dataFolder, files, tell);
  const fieldnote = {
    name: 'Fieldnote',
    account,
    members,
    usage,
    clock,
    serverUrl: server.url,
    usageKitUrl: server.url,
  };
  const serveApp = serveFolder(appFolder, {
    connectTo: server.url,
    send: (path) => readSentPage(fieldnote, others.names, path),
  });
  backend = createBackend({ fieldnote, others: others.names, openOther: others.open, serveApp });
  const catchUp = () => Promise.all([clock.catchUp(), others.catchUp()]);
  const ticking = setInterval(() => void catchUp().catch(() => undefined), clockIntervalMs);

  return {
    appUrl,
    serverUrl: server.url,
    console: { url: `${server.url}/console/`, secretKey: state.secretKey },
    extensionToken: state.extensionToken,
    async close() {
      clearInterval(ticking);
      await app.close();
      await others.close();
      await server.close();
    },
  };
}

function startingPage(): Response {
  return new Response('<!doctype html><meta http-equiv="refresh" content="1"><p>Fieldnote is starting.', {
    status: 503,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Retry-After': '1' },
  });
}

async function seed(
  usage: UsageKitClient,
  clock: DemoClock,
  buyer: Buyer,
  tell: (line: string) => void,
): Promise<void> {
  const startedAtMs = performance.now();
  const onProgress = reportProgress('Living through six months of usage', tell);
  await runHistory(usage, clock, { history: planHistory(Date.now()), buyer, onProgress });
  tell(`Six months of usage are there, after ${((performance.now() - startedAtMs) / 1_000).toFixed(1)} s.`);
}

async function createExtensionToken(usage: UsageKitClient): Promise<string> {
  const key = await usage.createKey({
    kind: 'extension',
    label: 'Demo browser',
    accountId: account.id,
    memberId: ownerId,
  });
  return key.secret;
}
