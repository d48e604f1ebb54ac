import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { loadCatalog } from '../../catalog/load-catalog.ts';
import {
  type Config,
  type Environment,
  type Flags,
  readConfig,
  settings,
  stripeOf,
} from '../../config/config.ts';
import { ConfigError } from '../../config/config-error.ts';
import { createLog } from '../../create-log.ts';
import { heapGrowingPercent } from '../../database/share-memory.ts';
import { resolveInstalled } from '../../resolve-installed.ts';
import { serve } from '../../server/serve.ts';
import type { Command } from '../command.ts';

/** `usagekit serve`: runs until it is told to stop, and then finishes what it accepted. */
export const serveCommand: Command = {
  name: 'serve',
  operands: '',
  summary: 'Runs the server',
  flags: Object.fromEntries(
    Object.values(settings)
      .filter(({ flag }) => flag !== settings.readOnly.flag)
      .map(({ flag, variable, help }) => [flag, `${help} (${variable})`]),
  ),
  switches: { [settings.readOnly.flag]: `${settings.readOnly.help} (${settings.readOnly.variable})` },
  json: { prints: 'one', of: ['url', 'consoleUrl', 'metricsUrl', 'mode', 'secretKey'] },
  withoutReader: 'serves',
  async run({ flags, switches, environment, answer, print, tell }) {
    const isReadOnly = switches?.has(settings.readOnly.flag) === true;
    const config = readConfig(
      { ...flags, ...(isReadOnly ? { [settings.readOnly.flag]: 'true' } : {}) },
      environment,
    );
    const { host, port, databaseFile, databaseUrl, mode, secretKeys, tokenSecret, publicUrl } = config;
    const stripe = stripeOf(config);
    const log = createLog(config.logLevel);
    setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent}`);
    const server = await serve({
      host,
      port,
      databaseFile,
      databaseUrl,
      mode,
      secretKeys,
      log,
      readOnly: config.readOnly,
      retention: { noticeDays: config.noticeDays, auditDays: config.auditDays },
      consoleFolder: consoleFolderOf(config, environment),
      metricsPort: config.metricsPort,
      metricsPortMayMove: !isMetricsPortGiven(flags, environment),
      requestLogShare: config.logShare,
      keepAliveSeconds: config.keepAliveSeconds,
      trustedProxies: config.trustedProxies,
      databaseConnections: config.databaseConnections,
      memoryMegabytes: config.memoryMegabytes,
      databaseSchema: config.databaseSchema,
      ...(config.catalogFile === null
        ? {}
        : { catalog: await loadCatalog(config.catalogFile, givenBy(settings.catalogFile, flags)) }),
      ...(tokenSecret === null ? {} : { tokenSecret }),
      ...(publicUrl === null ? {} : { publicUrl }),
      notices: {
        smtpUrl: config.smtpUrl,
        from: config.mailFrom,
        allowsPrivate: config.webhooksToPrivate,
      },
      ...(stripe === null ? {} : { stripe }),
    });
    print(
      `UsageKit listens on ${server.url}, its data in ${config.databaseUrl === null ? config.databaseFile : 'PostgreSQL'}${config.readOnly ? ', which it only reads' : ''}.`,
    );
    if (server.consoleUrl !== null) print(`The console is at ${server.consoleUrl}; a secret key signs in.`);
    if (
      config.metricsPort !== null &&
      server.metricsUrl !== null &&
      !isMetricsPortGiven(flags, environment) &&
      !server.metricsUrl.includes(`:${config.metricsPort}/`) &&
      config.metricsPort !== 0
    )
      tell(
        `Port ${config.metricsPort} is taken: the metrics are at ${server.metricsUrl}. --metrics-port names another.`,
      );
    log.info(
      { url: server.url, metricsUrl: server.metricsUrl, mode, pid: process.pid },
      'The server listens',
    );
    const needsKey = !config.readOnly && config.secretKeys.length === 0 && (await server.app.hasNoKeys());
    const secretKey = needsKey && mode === 'test' ? await server.app.createSecretKey('first') : null;
    if (secretKey !== null) print(`A secret key for you, shown this once: ${secretKey}`);
    else if (needsKey) print(howToMakeLiveKey(config));
    answer({
      url: server.url,
      consoleUrl: server.consoleUrl,
      metricsUrl: server.metricsUrl,
      mode,
      secretKey,
    });
    if (mode === 'live' && (await server.store.readCatalog()) === undefined)
      print(
        'There is no catalog yet, so nothing can be used: start with --catalog FILE, or put one by PUT /v1/catalog.',
      );
    process.on('SIGUSR2', () => {
      server.confirmClock();
      log.info({}, "The machine's clock is confirmed");
    });
    await stopSignal();
    log.info({}, 'The server stops: what was accepted is answered first');
    await server.close();
    log.info({}, 'The server has stopped');
    return 0;
  },
};

/** A live key is not printed by itself, since what a server prints is often kept. */
function howToMakeLiveKey({ databaseFile, databaseUrl, databaseSchema }: Config): string {
  const create = (database: string) => `usagekit keys create ${database} --mode live`;
  if (databaseUrl === null)
    return `There is no live key yet, so nobody can call this server. Stop it, and make one: ${create(`--database ${databaseFile}`)}`;
  const schema = databaseSchema === null ? '' : ` --database-schema ${databaseSchema}`;
  return `There is no live key yet, so nobody can call this server. Make one: ${create(`--database-url URL${schema}`)}`;
}

/** Where the built console is; null where none is to be served. */
function consoleFolderOf(
  { console, mode, readOnly }: Config,
  { USAGEKIT_CONSOLE_FOLDER: given }: Environment,
): string | null {
  const isWanted = console ?? (mode === 'test' && !readOnly);
  if (!isWanted) return null;
  const folder = given ?? installedConsole();
  if (folder !== null && folder !== '') return folder;
  if (console === true)
    throw new ConfigError(
      settings.console.flag,
      'there is no console here; npx usagekit serve, of the package usagekit, brings one',
    );
  return null;
}

/**
 * The console of the package `usagekit` in the present project, or else in the one that this package is installed in. Three packages have
 * a command of that name and npm links one of them: the console is there whichever it was.
 */
function installedConsole(): string | null {
  const manifest = resolveInstalled('usagekit/package.json');
  if (manifest === undefined) return null;
  const folder = join(dirname(manifest), 'dist/console');
  return existsSync(folder) ? folder : null;
}

/** The flag or variable that gave a setting, for errors. */
function givenBy({ flag, variable }: (typeof settings)[keyof typeof settings], flags: Flags): string {
  return flags[flag] === undefined ? variable : `--${flag}`;
}

function isMetricsPortGiven(flags: Flags, environment: Environment): boolean {
  const { flag, variable } = settings.metricsPort;
  return flags[flag] !== undefined || (environment[variable] ?? '') !== '';
}

/** Resolves at SIGTERM or SIGINT; a second signal ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
