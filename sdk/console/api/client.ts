import { createClient, type UsageKitClient } from '@usagekit/react';
import { fetchSignedIn } from './session.ts';

/** The API as the operator's key has it. The server adds the key; the page has a cookie. */
export const operator: UsageKitClient = createClient({ baseUrl: '/console/api', fetch: fetchSignedIn });

const members = new Map<string, UsageKitClient>();

/** The API as one member has it, to look and not to act. One client a member, so that its figures are kept. */
export function memberClient(accountId: string, memberId: string): UsageKitClient {
  const baseUrl = `/console/as/${encodeURIComponent(accountId)}/${encodeURIComponent(memberId)}`;
  const known = members.get(baseUrl) ?? createClient({ baseUrl, fetch: fetchSignedIn });
  members.set(baseUrl, known);
  return known;
}
