export { DedicatedIps, type DedicatedIpsProps } from './dedicated-ips.tsx';
export { DedicatedIpsView, type DedicatedIpsViewProps } from './dedicated-ips-view.tsx';
