import { useState } from 'react';

const storageKey = 'demo-product';

/** The chosen product, kept by tab as the viewer is. */
export function useProductId() {
  const [productId, setProductId] = useState(() => sessionStorage.getItem(storageKey) ?? 'fieldnote');
  function choose(id: string) {
    sessionStorage.setItem(storageKey, id);
    setProductId(id);
  }
  return [productId, choose] as const;
}
