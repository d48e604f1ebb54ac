export { toExpress, toFastify } from './node-frameworks.ts';
export { sendWebResponse, toNodeListener, toWebRequest } from './to-node-listener.ts';
