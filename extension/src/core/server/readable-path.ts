/** What else than an account's own answers the widgets read. */
const shared = ['/v1/models', '/v1/catalog', '/v1/whoami', '/v1/tasks'];

/** Whether the path, as `/v1/accounts/acme/usage?interval=day`, is of an answer about the account or about all of them. */
export function isReadable(path: string, accountId: string): boolean {
  // Read as a browser reads it, so that `..` and the like lead nowhere.
  const base = 'https://server.invalid';
  if (!path.startsWith('/') || !URL.canParse(path, base)) return false;
  const { origin, pathname, search, searchParams } = new URL(path, base);
  if (origin !== base || `${pathname}${search}` !== path || /%2f|%5c/i.test(pathname)) return false;
  const ofAccount = `/v1/accounts/${encodeURIComponent(accountId)}/`;
  if (pathname.startsWith(ofAccount)) return true;
  const named = searchParams.get('accountId');
  const isShared = shared.some((known) => pathname === known || pathname.startsWith(`${known}/`));
  return isShared && (named === null || named === accountId);
}
