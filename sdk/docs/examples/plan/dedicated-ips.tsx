import { DedicatedIps } from '@usagekit/react/dedicated-ips';

const agents = [
  { id: 'scout', name: 'Scout' },
  { id: 'writer', name: 'Writer' },
];

export default function Example() {
  return <DedicatedIps agents={agents} />;
}
