import { Meter } from '@usagekit/react';

export default function Example() {
  return (
    <Meter
      meter={{
        label: 'Emails sent',
        unit: { one: 'email', other: 'emails' },
        used: '930',
        included: '1000',
        percent: 93,
        policy: 'hard',
      }}
    />
  );
}
