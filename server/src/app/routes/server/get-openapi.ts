import { paths } from '../../../contract/paths.ts';
import { openapiDocument } from '../../http/openapi-document.ts';
import { jsonTextReply } from '../../http/reply.ts';
import type { Route } from '../../http/route.ts';

/** The API's description, made from the schemas that requests are checked with. */
export const getOpenapi: Route = {
  method: 'GET',
  path: paths.openapi,
  callers: 'anyone',
  handle: () => jsonTextReply(openapiDocument()),
};
