import { jsonTextReply } from '../../http/reply/reply.ts';
import { openRoute } from '../../http/route.ts';

/** The API's description, made of the routes. */
export const getOpenapi = openRoute('GET /v1/openapi.json', {
  words: 'This document',
  answers: { 200: 'application/json' },
  handle: ({ services }) => jsonTextReply(services.openapi.text),
});
