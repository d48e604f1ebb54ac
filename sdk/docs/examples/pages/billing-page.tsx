import { BillingPage, type BillingSection } from '@usagekit/react/billing-page';
import { useState } from 'react';

export default function Example() {
  const [section, setSection] = useState<BillingSection>('overview');
  return <BillingPage section={section} onSection={setSection} />;
}
