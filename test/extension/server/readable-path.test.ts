// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { isReadable } from '../../../extension/src/core/server/readable-path.ts';

describe('what the side panel may read', () => {
  it.each([
    '/v1/accounts/acme/usage',
    '/v1/accounts/acme/usage/series?metric=credits&groupBy=agent&interval=day',
    '/v1/accounts/acme/usage/history',
    '/v1/tasks?accountId=acme&limit=20',
    '/v1/tasks/t1',
    '/v1/whoami',
  ])('is %s', (path) => {
    expect(isReadable(path, 'acme')).toBe(true);
  });

  it.each([
    '/v1/accounts/globex/usage',
    '/v1/accounts/acme2/usage',
    '/v1/accounts/acme/../globex/usage',
    '/v1/accounts/acme/%2e%2e/globex/usage',
    '/v1/accounts/acme/..%2fglobex/usage',
    '/v1/tasks?accountId=globex',
    '/v1/keys',
    '//evil.example/v1/accounts/acme/usage',
    'https://evil.example/v1/accounts/acme/usage',
    '/v1/accounts/acme/usage#x',
    '',
  ])('F17: is never %s, of an account that is another', (path) => {
    expect(isReadable(path, 'acme')).toBe(false);
  });
});
