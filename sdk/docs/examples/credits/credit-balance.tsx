import { CreditBalance } from '@usagekit/react/credit-balance';
import { PurchaseDialog } from '@usagekit/react/purchase-dialog';

export default function Example() {
  return <CreditBalance purchaseDialog={PurchaseDialog} />;
}
