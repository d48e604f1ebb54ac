import type { UsageKitHandler } from './create-usagekit-handler.ts';

type Route = (request: Request) => Promise<Response>;

/**
 * The exports of a catch-all route of Next's app router.
 *
 * @example
 * // app/api/usagekit/[...path]/route.ts
 * export const { GET, POST, PUT, PATCH, DELETE } = toNextRoute(usageKit);
 * export const dynamic = 'force-dynamic';
 */
export function toNextRoute(
  handler: UsageKitHandler,
): Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Route> {
  const route: Route = (request) => handler(request);
  return { GET: route, POST: route, PUT: route, PATCH: route, DELETE: route };
}

/**
 * A handler for Hono.
 *
 * @example
 * app.all('/api/usagekit/*', toHono(usageKit));
 */
export function toHono(handler: UsageKitHandler): (context: { req: { raw: Request } }) => Promise<Response> {
  return (context) => handler(context.req.raw);
}
