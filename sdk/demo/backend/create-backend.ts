import { forward } from './forward.ts';
import { type Product, productHeader } from './product.ts';
import { sessionOf } from './read-sent-page.ts';
import { readTaskOrder, runTask } from './run-task.ts';
import { signedInMember } from './signed-in.ts';

export interface BackendOptions {
  /** Fieldnote, which is there from the start. */
  fieldnote: Product;
  /** Names of the other products, by id. */
  others: Readonly<Record<string, string>>;
  /** Opens another product; the first time its customer lives through three months. */
  openOther(id: string): Promise<Product>;
  /** Answers everything that is not under `/api` or `/products`. */
  serveApp(request: Request): Promise<Response>;
}

/** The products' own backend. It holds the secret key, so that no browser needs it. */
export function createBackend({ fieldnote, others, openOther, serveApp }: BackendOptions) {
  const productOf = async (request: Request): Promise<Product> => {
    const id = request.headers.get(productHeader) ?? '';
    return Object.hasOwn(others, id) ? openOther(id) : fieldnote;
  };

  const routes: Record<string, (request: Request, product: Product) => Promise<Response>> = {
    async 'GET /api/session'(request, product) {
      return Response.json(sessionOf(product, signedInMember(request, product.members), others));
    },

    async 'POST /api/token'(request, { usage, account, members }) {
      const member = signedInMember(request, members);
      const token = await usage.createToken({
        accountId: account.id,
        ...(member && { memberId: member.id }),
        language: /^[a-z]{2}/.exec(request.headers.get('accept-language') ?? '')?.[0] ?? 'en',
      });
      return Response.json(token);
    },

    async 'POST /api/tasks'(request, { usage, clock, members }) {
      const order = await readTaskOrder(request);
      if (!order) return Response.json({ message: 'Name a prompt, a model and a depth.' }, { status: 400 });
      await clock.catchUp();
      return runTask(usage, signedInMember(request, members), order);
    },

    async 'POST /api/next-cycle'(_request, { usage, account, clock }) {
      const { resetsAt } = await usage.summary(account.id);
      if (resetsAt) await clock.skipTo(Date.parse(resetsAt));
      return Response.json({ resetsAt });
    },
  };

  return async function answer(request: Request): Promise<Response> {
    const { pathname, search } = new URL(request.url);
    const route = routes[`${request.method} ${pathname}`];
    if (route) return route(request, await productOf(request));
    const [, area, id = '', ...rest] = pathname.split('/');
    if (area === 'products' && Object.hasOwn(others, id)) {
      const { serverUrl } = await openOther(id);
      return forward(request, `${serverUrl}/${rest.join('/')}${search}`);
    }
    if (area === 'api' || area === 'products')
      return Response.json({ message: 'Not found.' }, { status: 404 });
    return serveApp(request);
  };
}
