import type { Operation } from '../../server/src/contract/api.ts';

/** Whether a request by this method and path is that call of the API. */
export function isCallOf(operation: Operation, method: string, path: string): boolean {
  const [ownMethod, address = ''] = operation.split(' ');
  const pattern = address.replaceAll(/:[A-Za-z]+/g, '[^/]+');
  return method === ownMethod && new RegExp(`^${pattern}$`).test(path.split('?')[0] ?? '');
}
