import { useUsage } from '@usagekit/react';
import { UsageHistory } from '@usagekit/react/usage-history';

export default function Example() {
  const { data } = useUsage();
  if (!data) return null;
  const meters = data.groups.flatMap((group) => group.meters);
  return (
    <UsageHistory
      cycle={data.cycle}
      metrics={[
        { id: 'credits', label: 'Credits' },
        ...meters.map(({ metric, label }) => ({ id: metric, label })),
      ]}
    />
  );
}
