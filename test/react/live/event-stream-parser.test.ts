import { describe, expect, it } from 'vitest';
import { createEventStreamParser } from '../../../sdk/src/live/event-stream-parser.ts';
import fc from '../../support/fast-check.ts';

function parse(pieces: string[]): string[] {
  const parser = createEventStreamParser();
  return pieces.flatMap((piece) => parser.push(piece));
}

describe('the event stream parser', () => {
  it('joins the data lines of a message and passes over comments and other fields', () => {
    expect(parse([': hi\nid: 7\nevent: x\ndata: a\ndata:b\n\nretry: 5\n\ndata:  c\n\n'])).toEqual([
      'a\nb',
      ' c',
    ]);
  });

  it('keeps back a message that is not complete', () => {
    expect(parse(['data: {"type":"hello"}\n'])).toEqual([]);
  });

  it('gives the same messages wherever the stream is cut and whichever line ends it has', () => {
    const message = fc.string({ minLength: 1, maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ''));
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    fc.assert(
      fc.property(fc.array(message), lineEnd, fc.array(fc.nat({ max: 400 })), (messages, end, cuts) => {
        const text = messages.map((data) => `data: ${data}${end}${end}`).join('');
        const points = [
          0,
          ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b),
          text.length,
        ];
        const pieces = points.slice(1).map((point, index) => text.slice(points[index], point));
        // A lone carriage return at the end of all is not known to be a line end yet.
        expect(parse([...pieces, ': end\n'])).toEqual(messages);
      }),
    );
  });

  it('refuses a line without an end instead of filling memory', () => {
    const parser = createEventStreamParser();
    expect(() => parser.push('x'.repeat(2_000_000))).toThrow(RangeError);
  });
});
