/**
 * Reads `text/event-stream` (HTML standard, 9.2.6) from pieces of text, wherever they are cut: a line, a line end of two
 * characters or a message may be spread over several. Gives the `data` of each message that is complete; other fields are
 * of no use here.
 */
export interface EventStreamParser {
  push(piece: string): string[];
}

/** Bounds what a line without an end can take of memory, in characters. */
const pendingCharactersMax = 1_048_576;

export function createEventStreamParser(): EventStreamParser {
  let pending = '';
  let data: string[] = [];

  return {
    push(piece) {
      const complete: string[] = [];
      const text = pending + piece;
      // A carriage return at the very end may be the first half of a line end.
      const whole = text.endsWith('\r') ? text.slice(0, -1) : text;
      const lines = whole.split(/\r\n|\r|\n/);
      pending = (lines.pop() ?? '') + text.slice(whole.length);
      if (pending.length > pendingCharactersMax) throw new RangeError('A line of the stream has no end.');
      for (const line of lines) {
        if (line === '') {
          if (data.length > 0) complete.push(data.join('\n'));
          data = [];
        } else if (line.startsWith('data:')) {
          data.push(line.slice(line.startsWith('data: ') ? 6 : 5));
        }
      }
      return complete;
    },
  };
}
