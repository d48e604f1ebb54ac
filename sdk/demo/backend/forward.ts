/** What belongs to one connection, or to how the body was sent on it. */
const ofTheConnection = [
  'connection',
  'content-encoding',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
];

/**
 * Passes a request on to a UsageKit server, and its answer back as it comes, a stream too: so a page needs no other origin than its
 * own.
 */
export async function forward(request: Request, url: string): Promise<Response> {
  const answer = await fetch(url, {
    method: request.method,
    headers: without(request.headers),
    ...(request.body && { body: request.body, duplex: 'half' }),
    redirect: 'manual',
  });
  return new Response(answer.body, { status: answer.status, headers: without(answer.headers) });
}

function without(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of ofTheConnection) kept.delete(name);
  return kept;
}
