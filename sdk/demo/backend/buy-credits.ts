import type { UsageKitClient } from '@usagekit/server/client';
import { fieldnoteCatalog } from '../catalog.ts';
import { account, type DemoMember } from '../workspace.ts';

/** Gives a pack to the account. A real product has charged its customer by then; in the demo nobody pays. */
export async function buyCredits(
  usage: UsageKitClient,
  member: DemoMember | undefined,
  { packId, orderId }: { packId: string; orderId: string },
): Promise<Response> {
  if (member?.role !== 'owner')
    return Response.json({ message: 'Only an owner can buy credits.' }, { status: 403 });
  const pack = fieldnoteCatalog('').creditPacks?.find(({ id }) => id === packId);
  if (!pack) return Response.json({ message: 'No such pack.' }, { status: 404 });
  const granted = await usage.grant(
    account.id,
    {
      amount: String(Number(pack.credits) + Number(pack.bonus ?? 0)),
      source: 'purchase',
      label: 'Credit pack',
      reason: `Bought by ${member.name}`,
    },
    // One order is granted once, however often it is sent.
    { idempotencyKey: `order-${orderId}` },
  );
  return Response.json(granted);
}
