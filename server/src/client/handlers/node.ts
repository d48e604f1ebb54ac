export { toExpress, toFastify } from './node-frameworks.ts';
export { toNodeListener } from './to-node-listener.ts';
