/**
 * The bytes of a text that is made in pieces. The next piece is made when the one before has been taken, so that a slow reader holds one
 * in memory, and where the reader goes away no more are made.
 */
export function textStream(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return byteStream(pieces, (piece) => encoder.encode(piece));
}

/** The same of pieces that become bytes in another way. */
export function byteStream<Piece>(
  pieces: AsyncGenerator<Piece>,
  toBytes: (piece: Piece) => Uint8Array,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        for (;;) {
          const piece = await pieces.next();
          if (piece.done === true) return controller.close();
          const bytes = toBytes(piece.value);
          // A stream that was given nothing is not asked again.
          if (bytes.byteLength > 0) return controller.enqueue(bytes);
        }
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
