/**
 * The bytes of a text that is made in pieces. The next piece is made when the one before has been taken, so that a slow reader holds one
 * in memory, and where the reader goes away no more are made.
 */
export function textStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        let piece = await pieces.next();
        // A stream that was given nothing is not asked again.
        while (piece.done !== true && piece.value === '') piece = await pieces.next();
        if (piece.done === true) controller.close();
        else controller.enqueue(encoder.encode(piece.value));
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
