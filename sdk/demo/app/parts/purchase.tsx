import { PurchaseDialog } from '@usagekit/react/purchase-dialog';
import { closePurchase, usePurchaseAddress } from '../use-purchase-address.ts';

/** The kit's purchase dialog, which every page and every link to it opens. */
export function Purchase() {
  const { isOpen, packId } = usePurchaseAddress();
  return <PurchaseDialog open={isOpen} packId={packId} onClose={closePurchase} />;
}
