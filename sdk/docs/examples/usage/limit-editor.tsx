import { Meter, useUsage } from '@usagekit/react';
import { LimitEditor } from '@usagekit/react/limit-editor';

export default function Example() {
  const { data } = useUsage();
  const meter = data?.groups.flatMap((group) => group.meters).find(({ metric }) => metric === 'emails');
  if (!data || !meter) return null;
  return (
    <Meter
      meter={meter}
      asOf={data.asOf}
      timeZone={data.cycle.timeZone}
      tools={data.canManage && <LimitEditor meter={meter} />}
    />
  );
}
