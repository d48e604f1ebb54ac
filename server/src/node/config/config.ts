import { auditDaysDefault, noticeDaysDefault } from '../../app/retention/retention.ts';
import type { StripeOptions } from '../../payments/stripe/create-stripe-provider.ts';
import { schemaPattern } from '../../store/postgres/open/schema-pattern.ts';
import { type LogLevel, logLevels } from '../create-log.ts';
import { databaseConnectionsDefault } from '../database/open-store.ts';
import { memoryMegabytesDefault, memoryMegabytesMax, memoryMegabytesMin } from '../database/share-memory.ts';
import { keepAliveSecondsDefault } from '../server/http-server.ts';
import { ConfigError, FlagError } from './config-error.ts';

/** The settings of `usagekit serve`, from flags and environment variables. */
export interface Config {
  /** From 0, which takes any free one, to 65535; 4310 by default. */
  readonly port: number;
  /** The address to listen at; 127.0.0.1 by default. */
  readonly host: string;
  /** Path of the SQLite file; usagekit.sqlite by default. */
  readonly databaseFile: string;
  /** Address of PostgreSQL; null for the file. */
  readonly databaseUrl: string | null;
  /** Null for the default. */
  readonly databaseSchema: string | null;
  /** Connections to PostgreSQL at most; 12 by default. */
  readonly databaseConnections: number;
  /** Megabytes that the process takes at most, about; 900 by default. */
  readonly memoryMegabytes: number;
  /** The catalog to put at the start; null to keep the stored one. */
  readonly catalogFile: string | null;
  /** test by default. In live mode no test key holds and the starter catalog is not sold. */
  readonly mode: 'test' | 'live';
  /** Keys by configuration, in addition to those that are stored. */
  readonly secretKeys: readonly string[];
  /** What tokens are signed with; null to make and keep one. */
  readonly tokenSecret: string | null;
  /** The address by which people reach the server; null for the one it listens at. */
  readonly publicUrl: string | null;
  /** The least important line that is written; info by default. */
  readonly logLevel: LogLevel;
  /** Share of the successful requests that get a line in the log, from 0 to 1. */
  readonly logShare: number;
  /** Null without metrics. */
  readonly metricsPort: number | null;
  /** For how long an idle connection stays open; 75 by default, above what load balancers keep. */
  readonly keepAliveSeconds: number;
  /** Proxies in front of the server whose X-Forwarded-For is believed; 0 by default. */
  readonly trustedProxies: number;
  /** Days for which notices are kept; 90 by default. */
  readonly noticeDays: number;
  /** Days for which the audit is kept; 730 by default. */
  readonly auditDays: number;
  /** Whether nothing is written. */
  readonly readOnly: boolean;
  /** Key of Stripe; null for the sandbox. */
  readonly stripeSecretKey: string | null;
  /** Signing secret of Stripe's endpoint; needed with a key. */
  readonly stripeWebhookSecret: string | null;
  /** URL of Stripe's API; null for Stripe's own. */
  readonly stripeApiUrl: string | null;
  /** Where mails are handed over; null to send none. */
  readonly smtpUrl: string | null;
  /** The sender of mails, one bare address; usagekit@localhost by default. */
  readonly mailFrom: string;
  /** Whether webhooks may go to addresses of private networks; false by default. */
  readonly webhooksToPrivate: boolean;
  /** Whether the console is served; null where nobody said. */
  readonly console: boolean | null;
}

/** Flags of the command line by the names of `settings`, without dashes. */
export type Flags = Readonly<Record<string, string | undefined>>;

export type Environment = Readonly<Record<string, string | undefined>>;

/** Each setting with its flag, its variable and what it is, as the command's help and the README tell it. */
export const settings = {
  port: { flag: 'port', variable: 'USAGEKIT_PORT', help: 'Port to listen on; 4310 by default, 0 for any' },
  host: { flag: 'host', variable: 'USAGEKIT_HOST', help: 'Address to listen on; 127.0.0.1 by default' },
  databaseFile: {
    flag: 'database',
    variable: 'USAGEKIT_DATABASE_FILE',
    help: 'SQLite file; usagekit.sqlite in the present folder by default',
  },
  databaseUrl: {
    flag: 'database-url',
    variable: 'USAGEKIT_DATABASE_URL',
    help: 'PostgreSQL instead of the file, such as postgres://user@host/name; DATABASE_URL by default if no file is named',
  },
  databaseSchema: {
    flag: 'database-schema',
    variable: 'USAGEKIT_DATABASE_SCHEMA',
    help: 'PostgreSQL schema of the tables; usagekit by default, or the search_path that the address sets',
  },
  databaseConnections: {
    flag: 'database-connections',
    variable: 'USAGEKIT_DATABASE_CONNECTIONS',
    help: `Maximum number of connections to PostgreSQL, at least 3; ${databaseConnectionsDefault} by default`,
  },
  memoryMegabytes: {
    flag: 'memory',
    variable: 'USAGEKIT_MEMORY_MB',
    help: `Megabytes of memory that the server takes at most, about, at least ${memoryMegabytesMin}; ${memoryMegabytesDefault} by default. More of it keeps more accounts at hand`,
  },
  catalogFile: {
    flag: 'catalog',
    variable: 'USAGEKIT_CATALOG_FILE',
    help: 'Catalog file: JSON, or a module with the catalog as its default export. Default: the latest catalog in the database, or a starter in a new one',
  },
  mode: { flag: 'mode', variable: 'USAGEKIT_MODE', help: 'test (with test clocks) or live; test by default' },
  secretKeys: {
    flag: 'secret-key',
    variable: 'USAGEKIT_SECRET_KEY',
    help: 'Secret keys that are valid in addition to the stored ones, separated by commas',
  },
  tokenSecret: {
    flag: 'token-secret',
    variable: 'USAGEKIT_TOKEN_SECRET',
    help: 'Secret that signs tokens, at least 32 characters; by default a random one, kept in the database',
  },
  publicUrl: {
    flag: 'public-url',
    variable: 'USAGEKIT_PUBLIC_URL',
    help: 'URL at which browsers reach this server; http://localhost and the port by default',
  },
  logLevel: {
    flag: 'log-level',
    variable: 'USAGEKIT_LOG_LEVEL',
    help: `${logLevels.join(', ')}; info by default`,
  },
  logShare: {
    flag: 'log-share',
    variable: 'USAGEKIT_LOG_SHARE',
    help: 'Share of the successful requests that are logged, from 0 to 1; 1 by default. All other requests are logged',
  },
  metricsPort: {
    flag: 'metrics-port',
    variable: 'USAGEKIT_METRICS_PORT',
    help: 'Port of /metrics for Prometheus, or none; the port after --port by default',
  },
  keepAliveSeconds: {
    flag: 'keep-alive',
    variable: 'USAGEKIT_KEEP_ALIVE_SECONDS',
    help: `Seconds before an idle connection is closed; longer than in the load balancer in front; ${keepAliveSecondsDefault} by default`,
  },
  trustedProxies: {
    flag: 'trusted-proxies',
    variable: 'USAGEKIT_TRUSTED_PROXIES',
    help: "Number of proxies in front that add to X-Forwarded-For; wrong keys are limited by the caller's address. 0 by default",
  },
  noticeDays: {
    flag: 'notice-days',
    variable: 'USAGEKIT_NOTICE_DAYS',
    help: `Days after which a notice is deleted, once all its copies are sent or given up; ${noticeDaysDefault} by default`,
  },
  auditDays: {
    flag: 'audit-days',
    variable: 'USAGEKIT_AUDIT_DAYS',
    help: `Days after which a record of the audit is deleted; ${auditDaysDefault} by default`,
  },
  readOnly: {
    flag: 'read-only',
    variable: 'USAGEKIT_READ_ONLY',
    help: 'Answers reads and refuses writes; true or false as a variable',
  },
  stripeSecretKey: {
    flag: 'stripe-secret-key',
    variable: 'STRIPE_SECRET_KEY',
    help: 'Secret key of Stripe, which then takes the payments; a test key in test mode, a live key in live mode',
  },
  stripeWebhookSecret: {
    flag: 'stripe-webhook-secret',
    variable: 'STRIPE_WEBHOOK_SECRET',
    help: 'Signing secret of the Stripe endpoint {public-url}/v1/payments/stripe/events',
  },
  stripeApiUrl: {
    flag: 'stripe-api-url',
    variable: 'STRIPE_API_URL',
    help: "URL of Stripe's API; Stripe's own by default",
  },
  smtpUrl: {
    flag: 'smtp-url',
    variable: 'USAGEKIT_SMTP_URL',
    help: 'Mail server, such as smtps://user:password@mail.example.com; by default mails are written to the log',
  },
  mailFrom: {
    flag: 'mail-from',
    variable: 'USAGEKIT_MAIL_FROM',
    help: 'Sender of the mails; usagekit@localhost by default',
  },
  webhooksToPrivate: {
    flag: 'webhooks-to-private',
    variable: 'USAGEKIT_WEBHOOKS_TO_PRIVATE',
    help: 'yes lets webhooks go to private addresses and over http; no by default',
  },
  console: {
    flag: 'console',
    variable: 'USAGEKIT_CONSOLE',
    help: "on or off: serves the operator's console at /console, where you sign in with a secret key. Default: on in test mode, off in live mode",
  },
} as const satisfies Record<keyof Config, { flag: string; variable: string; help: string }>;

const daysKept = { min: 1, max: 36_500 };

/** Where hosting platforms put the address of the database that they give. */
const platformUrlVariable = 'DATABASE_URL';

type Setting = keyof typeof settings;

interface Given {
  readonly text: string;
  /** The flag or variable that gave the value, for errors. */
  readonly name: string;
}

/**
 * Reads and checks every setting before anything is opened. A flag goes before its variable.
 * @throws ConfigError for the first that is wrong.
 */
export function readConfig(flags: Flags, environment: Environment): Config {
  const given = (setting: Setting): Given | null => {
    const { flag, variable } = settings[setting];
    const byFlag = flags[flag];
    if (byFlag !== undefined) return { text: byFlag, name: `--${flag}` };
    return givenBy(variable);
  };
  const givenBy = (variable: string): Given | null => {
    const text = environment[variable];
    return text === undefined || text === '' ? null : { text, name: variable };
  };
  const file = given('databaseFile');
  const url = given('databaseUrl') ?? (file === null ? givenBy(platformUrlVariable) : null);
  const port = readPort(given('port'));
  const mode = readChoice(given('mode'), ['test', 'live']) ?? 'test';
  return {
    port,
    host: given('host')?.text ?? '127.0.0.1',
    databaseFile: readFile(file) ?? 'usagekit.sqlite',
    databaseUrl: readUrl(url, ['postgres:', 'postgresql:']),
    databaseSchema: readSchema(given('databaseSchema')),
    databaseConnections:
      readWhole(given('databaseConnections'), { min: 3, max: 1_000 }) ?? databaseConnectionsDefault,
    memoryMegabytes:
      readWhole(given('memoryMegabytes'), { min: memoryMegabytesMin, max: memoryMegabytesMax }) ??
      memoryMegabytesDefault,
    catalogFile: given('catalogFile')?.text ?? null,
    mode,
    secretKeys: readSecretKeys(given('secretKeys'), mode),
    tokenSecret: readTokenSecret(given('tokenSecret')),
    publicUrl: readUrl(given('publicUrl'), ['http:', 'https:'])?.replace(/\/$/, '') ?? null,
    logLevel: readChoice(given('logLevel'), logLevels) ?? 'info',
    logShare: readNumber(given('logShare'), { min: 0, max: 1 }) ?? 1,
    metricsPort: readMetricsPort(given('metricsPort'), port),
    keepAliveSeconds:
      readNumber(given('keepAliveSeconds'), { min: 1, max: 3_600 }) ?? keepAliveSecondsDefault,
    trustedProxies: readNumber(given('trustedProxies'), { min: 0, max: 10 }) ?? 0,
    noticeDays: readWhole(given('noticeDays'), daysKept) ?? noticeDaysDefault,
    auditDays: readWhole(given('auditDays'), daysKept) ?? auditDaysDefault,
    readOnly: readReadOnly(given),
    ...readStripe(given),
    smtpUrl: readUrl(given('smtpUrl'), ['smtp:', 'smtps:']),
    mailFrom: readAddress(given('mailFrom')) ?? 'usagekit@localhost',
    webhooksToPrivate: readChoice(given('webhooksToPrivate'), ['yes', 'no']) === 'yes',
    console: readConsole(given('console')),
  };
}

function wrong({ name }: Given, detail: string): ConfigError {
  return name.startsWith('--') ? new FlagError(name, detail) : new ConfigError(name, detail);
}

function readConsole(given: Given | null): boolean | null {
  const choice = readChoice(given, ['on', 'off']);
  return choice === null ? null : choice === 'on';
}

function readReadOnly(given: (setting: Setting) => Given | null): boolean {
  const isReadOnly = readChoice(given('readOnly'), ['true', 'false']) === 'true';
  const catalog = given('catalogFile');
  if (isReadOnly && catalog !== null)
    throw wrong(
      catalog,
      `a catalog is put when a server starts, and one with --${settings.readOnly.flag} puts nothing`,
    );
  return isReadOnly;
}

/** The key and the secret for Stripe; null where another provider is used. */
export function stripeOf({
  stripeSecretKey: secretKey,
  stripeWebhookSecret: webhookSecret,
  stripeApiUrl: apiUrl,
}: Pick<Config, 'stripeSecretKey' | 'stripeWebhookSecret' | 'stripeApiUrl'>): Omit<
  StripeOptions,
  'publicUrl'
> | null {
  if (secretKey === null || webhookSecret === null) return null;
  return { secretKey, webhookSecret, ...(apiUrl === null ? {} : { apiUrl }) };
}

function readStripe(
  given: (setting: Setting) => Given | null,
): Pick<Config, 'stripeSecretKey' | 'stripeWebhookSecret' | 'stripeApiUrl'> {
  const key = given('stripeSecretKey');
  const webhookSecret = given('stripeWebhookSecret');
  const mode = readChoice(given('mode'), ['test', 'live']) ?? 'test';
  // A key of the other mode would move real money in a test, or none where it should.
  if (key !== null && !new RegExp(`^(sk|rk)_${mode}_\\w+$`).test(key.text))
    throw wrong(key, `in ${mode} mode a key begins with sk_${mode}_ or rk_${mode}_`);
  if (key !== null && webhookSecret === null)
    throw new ConfigError(settings.stripeWebhookSecret.variable, `is needed in addition to ${key.name}`);
  if (webhookSecret !== null && !webhookSecret.text.startsWith('whsec_'))
    throw wrong(webhookSecret, 'a signing secret begins with whsec_');
  return {
    stripeSecretKey: key?.text ?? null,
    stripeWebhookSecret: webhookSecret?.text ?? null,
    stripeApiUrl: readUrl(given('stripeApiUrl'), ['http:', 'https:']),
  };
}

/** An address of PostgreSQL would be taken for the name of a file. */
function readFile(given: Given | null): string | null {
  if (given !== null && /^postgres(ql)?:\/\//.test(given.text))
    throw wrong(given, `it names a SQLite file; --${settings.databaseUrl.flag} names PostgreSQL`);
  return given?.text ?? null;
}

function readPort(given: Given | null): number {
  if (given === null) return 4310;
  const port = Number(given.text);
  if (!/^\d+$/.test(given.text) || port > 65_535)
    throw wrong(given, `'${given.text}' is no port; a whole number from 0 to 65535 is`);
  return port;
}

function readNumber(
  given: Given | null,
  { min, max }: { readonly min: number; readonly max: number },
): number | null {
  if (given === null) return null;
  const value = Number(given.text);
  if (!/^\d+(\.\d+)?$/.test(given.text) || value < min || value > max)
    throw wrong(given, `'${given.text}' is no number from ${min} to ${max}`);
  return value;
}

function readWhole(
  given: Given | null,
  bounds: { readonly min: number; readonly max: number },
): number | null {
  const value = readNumber(given, bounds);
  if (given !== null && value !== null && !Number.isInteger(value))
    throw wrong(given, `'${given.text}' is no whole number`);
  return value;
}

function readSchema(given: Given | null): string | null {
  if (given === null) return null;
  if (!schemaPattern.test(given.text))
    throw wrong(
      given,
      `'${given.text}' is no name of a schema: at most 54 lower-case letters, digits and _, the first one no digit, and not pg_`,
    );
  return given.text;
}

/** The port after the server's own by default, and any where the server takes any. */
function readMetricsPort(given: Given | null, port: number): number | null {
  if (given === null) return port === 0 ? 0 : Math.min(port + 1, 65_535);
  return given.text === 'none' ? null : readPort(given);
}

function readChoice<Choice extends string>(given: Given | null, choices: readonly Choice[]): Choice | null {
  if (given === null) return null;
  const found = choices.find((choice) => choice === given.text);
  if (found === undefined) throw wrong(given, `'${given.text}' is none of ${choices.join(', ')}`);
  return found;
}

function readUrl(given: Given | null, protocols: readonly string[]): string | null {
  if (given === null) return null;
  const isUrl = URL.canParse(given.text) && protocols.includes(new URL(given.text).protocol);
  // The value is not told: an address of a database may hold a password.
  if (!isUrl) throw wrong(given, `is no address that begins with ${protocols.join('// or ')}//`);
  return given.text;
}

/** One bare address, as it goes into the header of a mail. */
function readAddress(given: Given | null): string | null {
  if (given === null) return null;
  if (!/^[^\s@<>",;:()]+@[^\s@<>",;:()]+$/.test(given.text))
    throw wrong(given, 'is not one bare mail address');
  return given.text;
}

function readSecretKeys(given: Given | null, mode: Config['mode']): string[] {
  if (given === null) return [];
  const keys = given.text.split(',').map((key) => key.trim());
  for (const key of keys)
    if (!/^sk_(test|live)_[\w-]{16,}$/.test(key))
      throw wrong(
        given,
        'a key begins with sk_test_ or sk_live_ and has at least 16 letters, digits, - or _ after it',
      );
  if (mode === 'live' && keys.some((key) => key.startsWith('sk_test_')))
    throw wrong(given, 'a key that begins with sk_test_ does not hold in live mode');
  return keys;
}

function readTokenSecret(given: Given | null): string | null {
  if (given === null) return null;
  if (given.text.length < 32) throw wrong(given, 'is shorter than 32 characters');
  return given.text;
}
