import { AppError, problemReply } from '../../app/http/reply/problem.ts';
import { headers as headerNames } from '../../contract/http/headers.ts';
import { newId } from './new-id.ts';

/** The answer to requests that come after the port listens and before the app can answer. */
export function startingResponse(): Response {
  const requestId = newId();
  const starting = new AppError('unavailable', 'The server is starting; the same request may be sent again');
  const { status, headers, body } = problemReply(starting, requestId, () => {});
  return new Response(body, { status, headers: { ...headers, [headerNames.requestId]: requestId } });
}
