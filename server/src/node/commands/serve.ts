import { type Config, readConfig, settings } from '../config.ts';
import { createLog } from '../create-log.ts';
import { loadCatalog } from '../load-catalog.ts';
import { type ServeOptions, serve } from '../serve.ts';
import type { Command } from './command.ts';

/** `usagekit serve`: runs until it is told to stop, and then finishes what it accepted. */
export const serveCommand: Command = {
  name: 'serve',
  operands: '',
  summary: 'Runs the server',
  flags: Object.fromEntries(
    Object.values(settings).map(({ flag, variable, help }) => [flag, `${help} (${variable})`]),
  ),
  async run({ flags, environment, print }) {
    const config = readConfig(flags, environment);
    const { host, port, databaseFile, databaseUrl, mode, secretKeys, tokenSecret, publicUrl } = config;
    const log = createLog(config.logLevel);
    const server = await serve({
      host,
      port,
      databaseFile,
      databaseUrl,
      mode,
      secretKeys,
      log,
      metricsPort: config.metricsPort,
      requestLogShare: config.logShare,
      keepAliveSeconds: config.keepAliveSeconds,
      trustedProxies: config.trustedProxies,
      databaseConnections: config.databaseConnections,
      accountsCached: config.accountsCached,
      databaseSchema: config.databaseSchema,
      ...(config.catalogFile === null
        ? {}
        : { catalog: await loadCatalog(config.catalogFile, settings.catalogFile.variable) }),
      ...(tokenSecret === null ? {} : { tokenSecret }),
      ...(publicUrl === null ? {} : { publicUrl }),
      ...stripeOf(config),
    });
    print(
      `UsageKit listens on ${server.url}, its data in ${config.databaseUrl === null ? config.databaseFile : 'PostgreSQL'}.`,
    );
    log.info(
      { url: server.url, metricsUrl: server.metricsUrl, mode, pid: process.pid },
      'The server listens',
    );
    if (config.secretKeys.length === 0 && config.mode === 'test' && (await server.app.hasNoKeys()))
      print(`A secret key for you, shown this once: ${await server.app.createSecretKey('first')}`);
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

function stripeOf({
  stripeSecretKey: secretKey,
  stripeWebhookSecret: webhookSecret,
  stripeApiUrl: apiUrl,
}: Config): Pick<ServeOptions, 'stripe'> {
  if (secretKey === null || webhookSecret === null) return {};
  return { stripe: { secretKey, webhookSecret, ...(apiUrl === null ? {} : { apiUrl }) } };
}

/** Resolves at SIGTERM or SIGINT; a second signal ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}
