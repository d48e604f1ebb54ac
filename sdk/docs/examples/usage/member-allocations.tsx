import { MemberAllocations } from '@usagekit/react/member-allocations';

export default function Example() {
  return <MemberAllocations />;
}
