import type { UsageKitHandler } from './create-usagekit-handler.ts';
import { toNodeListener } from './to-node-listener.ts';

/**
 * A middleware for Express 4 and 5, with or without `express.json()` before it.
 *
 * @example
 * app.use('/api/usagekit', toExpress(usageKit));
 */
export function toExpress(handler: UsageKitHandler): ReturnType<typeof toNodeListener> {
  return toNodeListener(handler);
}

/** The part of a Fastify instance that is used. */
interface FastifyLike {
  all(path: string, route: (request: FastifyRequestLike, reply: FastifyReplyLike) => void): unknown;
}
interface FastifyRequestLike {
  raw: Parameters<ReturnType<typeof toNodeListener>>[0];
  body: unknown;
}
interface FastifyReplyLike {
  hijack(): unknown;
  raw: Parameters<ReturnType<typeof toNodeListener>>[1];
}

/**
 * A plugin for Fastify.
 *
 * @example
 * await app.register(toFastify(usageKit), { prefix: '/api/usagekit' });
 */
export function toFastify(handler: UsageKitHandler): (app: FastifyLike) => Promise<void> {
  const listener = toNodeListener(handler);
  return async (app) => {
    app.all('/*', (request, reply) => {
      // From here on the answer is written to Node's own response, since a stream has to leave piece by piece.
      reply.hijack();
      listener(Object.assign(request.raw, { body: request.body ?? undefined }), reply.raw);
    });
  };
}
