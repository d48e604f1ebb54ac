export { DedicatedIps, type DedicatedIpsProps } from './dedicated-ips.tsx';
export { type AgentChoice, DedicatedIpsView, type DedicatedIpsViewProps } from './dedicated-ips-view.tsx';
