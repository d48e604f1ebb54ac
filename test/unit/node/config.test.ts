import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/src/node/config/config.ts';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({}, {})).toEqual({
      port: 4310,
      host: '127.0.0.1',
      databaseFile: 'usagekit.sqlite',
      databaseUrl: null,
      databaseSchema: null,
      databaseConnections: 12,
      memoryMegabytes: 900,
      catalogFile: null,
      console: null,
      mode: 'test',
      noticeDays: 90,
      auditDays: 730,
      readOnly: false,
      secretKeys: [],
      tokenSecret: null,
      publicUrl: null,
      logLevel: 'info',
      logShare: 1,
      metricsPort: 4311,
      keepAliveSeconds: 75,
      trustedProxies: 0,
      stripeSecretKey: null,
      stripeWebhookSecret: null,
      stripeApiUrl: null,
      smtpUrl: null,
      mailFrom: 'usagekit@localhost',
      webhooksToPrivate: false,
    });
  });

  it('puts the metrics on the next port, on any, or nowhere', () => {
    expect(readConfig({ port: '5000' }, {}).metricsPort).toBe(5_001);
    expect(readConfig({ port: '0' }, {}).metricsPort).toBe(0);
    expect(readConfig({ 'metrics-port': 'none' }, {}).metricsPort).toBeNull();
    expect(() => readConfig({ 'metrics-port': 'x' }, {})).toThrow(/^--metrics-port: 'x' is no port/);
  });

  it('F20: takes for how many days notices and the audit are kept', () => {
    const config = readConfig({ 'notice-days': '30' }, { USAGEKIT_AUDIT_DAYS: '3650' });
    expect(config).toMatchObject({ noticeDays: 30, auditDays: 3_650 });
    expect(() => readConfig({ 'notice-days': '0' }, {})).toThrow(/^--notice-days: '0' is no number from 1/);
    expect(() => readConfig({ 'audit-days': '1.5' }, {})).toThrow(/^--audit-days: '1.5' is no whole number/);
  });

  it('F21: takes a name of a schema, and bounds of connections and of memory', () => {
    const flags = { 'database-schema': 'metering', 'database-connections': '3', memory: '500' };
    expect(readConfig(flags, {})).toMatchObject({
      databaseSchema: 'metering',
      databaseConnections: 3,
      memoryMegabytes: 500,
    });
    for (const text of ['Metering', 'a"b', 'a b', '1a', 'pg_own', 'a'.repeat(55), '$user'])
      expect(() => readConfig({ 'database-schema': text }, {})).toThrow(/^--database-schema: /);
    for (const text of ['2', '3.5', 'x']) {
      expect(() => readConfig({ 'database-connections': text }, {})).toThrow(/^--database-connections: /);
      expect(() => readConfig({ memory: text }, {})).toThrow(/^--memory: /);
    }
  });

  it('takes a share from 0 to 1', () => {
    expect(readConfig({ 'log-share': '0.1' }, {}).logShare).toBe(0.1);
    for (const text of ['2', '-1', 'x', ''])
      expect(() => readConfig({ 'log-share': text }, {})).toThrow(
        /^--log-share: .* is no number from 0 to 1/,
      );
  });

  it('takes a Stripe key of its own mode only, with the secret that its notifications are signed with', () => {
    const stripe = { STRIPE_SECRET_KEY: 'sk_test_1', STRIPE_WEBHOOK_SECRET: 'whsec_1' };
    expect(readConfig({}, stripe)).toMatchObject({
      stripeSecretKey: 'sk_test_1',
      stripeWebhookSecret: 'whsec_1',
    });
    expect(() => readConfig({}, { ...stripe, USAGEKIT_MODE: 'live' })).toThrow(/STRIPE_SECRET_KEY.*sk_live_/);
    expect(() => readConfig({}, { ...stripe, STRIPE_SECRET_KEY: 'sk_live_1' })).toThrow(/sk_test_/);
    expect(() => readConfig({}, { STRIPE_SECRET_KEY: 'sk_test_1' })).toThrow(/STRIPE_WEBHOOK_SECRET/);
    expect(() => readConfig({}, { ...stripe, STRIPE_WEBHOOK_SECRET: 'x' })).toThrow(/whsec_/);
  });

  it('takes a flag before its variable, and an empty variable as none', () => {
    expect(readConfig({ port: '1' }, { USAGEKIT_PORT: '2' }).port).toBe(1);
    expect(readConfig({}, { USAGEKIT_PORT: '2' }).port).toBe(2);
    expect(readConfig({}, { USAGEKIT_PORT: '' }).port).toBe(4310);
  });

  it('F14: takes the address of the database that a platform gives, unless a setting of its own names one', () => {
    const platform = 'postgres://platform@host/db';
    const own = 'postgres://own@host/db';
    const urlOf = (environment: Record<string, string>, flags = {}) =>
      readConfig(flags, { DATABASE_URL: platform, ...environment }).databaseUrl;
    expect(urlOf({})).toBe(platform);
    expect(urlOf({ USAGEKIT_DATABASE_URL: own })).toBe(own);
    expect(urlOf({ USAGEKIT_DATABASE_FILE: 'usage.db' })).toBeNull();
    expect(urlOf({}, { database: 'usage.db' })).toBeNull();
  });

  it.each([
    ['USAGEKIT_PORT', 'http'],
    ['USAGEKIT_PORT', '70000'],
    ['USAGEKIT_PORT', '-1'],
    ['USAGEKIT_MODE', 'production'],
    ['USAGEKIT_LOG_LEVEL', 'loud'],
    ['USAGEKIT_DATABASE_URL', 'mysql://localhost/usage'],
    ['USAGEKIT_DATABASE_URL', 'not an address'],
    ['USAGEKIT_PUBLIC_URL', 'usage.example.com'],
    ['USAGEKIT_SECRET_KEY', 'hunter2'],
    ['USAGEKIT_SECRET_KEY', 'sk_test_short'],
    ['USAGEKIT_TOKEN_SECRET', 'too short'],
  ])('names the variable that is wrong: %s=%s', (variable, value) => {
    expect(() => readConfig({}, { [variable]: value })).toThrow(new RegExp(`^${variable}: `));
  });

  it('names the flag where the value came by one', () => {
    expect(() => readConfig({ port: 'x' }, {})).toThrow(/^--port: 'x' is no port/);
  });

  it('keeps secrets out of its errors', () => {
    for (const [variable, value] of [
      ['USAGEKIT_DATABASE_URL', 'mysql://user:hunter2@host/db'],
      ['USAGEKIT_SECRET_KEY', 'hunter2'],
      ['USAGEKIT_TOKEN_SECRET', 'hunter2'],
    ] as const)
      expect(() => readConfig({}, { [variable]: value })).toThrow(/^(?!.*hunter2)/s);
  });
});
