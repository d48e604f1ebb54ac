import { paths } from '@usagekit/server/contract';
import type { DemoMember } from '../workspace.ts';
import type { Product } from './product.ts';
import { memberAs } from './signed-in.ts';

/** Who is signed in to a product, as its pages are told; null for a public visitor. */
export function sessionOf(
  { name, account, members, usageKitUrl }: Product,
  member: DemoMember | undefined,
  others: Readonly<Record<string, string>>,
) {
  return { product: name, usageKitUrl, account, member: member ?? null, members, others };
}

/**
 * What a page comes with, so that it need not ask: who is signed in, a first token, and the figures of the usage page. A real
 * product reads its session cookie; here everybody is the owner until the page's switch says otherwise, and the page then asks.
 */
export async function readSentPage(product: Product, others: Readonly<Record<string, string>>, path: string) {
  const { account, members, usage, serverUrl } = product;
  const member = memberAs('owner', members);
  const signedIn = { accountId: account.id, ...(member && { memberId: member.id }) };
  const token = await usage.createToken(signedIn);
  async function read(address: string): Promise<unknown> {
    const answer = await fetch(serverUrl + address, { headers: { Authorization: `Bearer ${token.token}` } });
    return answer.ok ? answer.json() : undefined;
  }
  const addresses = {
    usage: paths.usage(account.id),
    usageHistory: paths.usageHistory(account.id),
    subscription: paths.subscription(account.id),
    credits: paths.credits(account.id),
    summary: paths.summary(account.id),
  };
  const views = path === '/usage' ? Object.entries(addresses) : [];
  const answers = Object.fromEntries(
    await Promise.all(views.map(async ([view, address]) => [view, await read(address)])),
  );
  return { session: sessionOf(product, member, others), token, firstAnswers: { ...signedIn, answers } };
}
