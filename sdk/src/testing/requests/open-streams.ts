/** The streams that a mock has open. */
export interface OpenStreams {
  count(): number;
  /**
   * The same answer; where it is a stream, its body is counted for as long as somebody reads it, and ends with an error
   * when the signal is aborted, as it does in a browser.
   */
  track(response: Response, signal: AbortSignal): Response;
}

export function createOpenStreams(): OpenStreams {
  let open = 0;
  return {
    count: () => open,
    track(response, signal) {
      const { body, headers, status } = response;
      if (!body || !headers.get('Content-Type')?.startsWith('text/event-stream')) return response;
      const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
      open += 1;
      const end = () => {
        open -= 1;
      };
      body.pipeTo(writable, { signal }).then(end, end);
      return new Response(readable, { status, headers });
    },
  };
}
