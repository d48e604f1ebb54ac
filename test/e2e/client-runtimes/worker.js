import { routes, walk } from './walk.ts';

export default {
  async fetch(request, { url, key }) {
    if (new URL(request.url).pathname.startsWith('/api/usagekit/'))
      return routes({ url, key, accountId: 'worker' })(request);
    return Response.json(await walk({ url, key, accountId: 'worker' }));
  },
};
