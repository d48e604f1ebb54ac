import type { Store } from './store.ts';
import { ReadOnlyError } from './store-errors.ts';

/** The methods that write. A read-only store refuses each of them. */
const writing = [
  'write',
  'putKey',
  'deleteKey',
  'putPairing',
  'deletePairing',
  'putWebhookEndpoint',
  'deleteWebhookEndpoint',
  'putCatalog',
  'putClock',
  'putSecret',
  'putAudit',
  'putErasure',
  'deleteErasure',
  'eraseSlice',
  'forgetPairingsOf',
  'moveErasedAccount',
  'overwriteErased',
  'forgetOld',
] as const satisfies readonly (keyof Store)[];

/**
 * The same store, read-only: writes are refused, and background work is left out. The store may still fold its journal into its
 * tables, which changes no answer.
 */
export function readOnlyStore(store: Store): Store {
  const refuse = (): Promise<never> =>
    Promise.reject(new ReadOnlyError('The server is started with --read-only.'));
  const refused: Record<string, unknown> = Object.fromEntries(writing.map((name) => [name, refuse]));
  const own: Record<string, unknown> = {
    ...refused,
    readSecret: (name: string) =>
      store.readSecret(name, () => {
        throw new ReadOnlyError(`There is no secret '${name}' yet.`);
      }),
    takeLease: async () => false,
    sweepStored: async () => false,
    probe: async () => undefined,
  };
  return new Proxy(store, {
    get(target, name) {
      if (typeof name === 'string' && name in own) return own[name];
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
