import { PurchaseDialog } from '@usagekit/react/purchase-dialog';
import { useState } from 'react';

export default function Example() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Buy credits
      </button>
      <PurchaseDialog open={isOpen} onClose={() => setOpen(false)} />
    </>
  );
}
