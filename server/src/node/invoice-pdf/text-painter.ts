import type PDFDocument from 'pdfkit';
import type { Weight } from './faces.ts';
import { type Direction, directionOf, type VisualRun, visualRuns } from './visual-runs.ts';

export interface TextStyle {
  /** In points. */
  readonly size: number;
  readonly weight?: Weight;
  /** A hexadecimal colour; near-black by default. */
  readonly colour?: string;
}

/** Where a text stands: `start` is the left edge of a page that reads from the left, and the right edge of one that reads from the right. */
export type Align = 'start' | 'end';

/** One box for a text, in points from the page's top left corner. */
export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly align?: Align;
}

const lineHeightFactor = 1.45;
const words = new Intl.Segmenter('und', { granularity: 'word' });
const ink = '#1a1d21';

/** Draws and measures text in every script that the installed faces have; PDF itself knows neither fallback nor direction. */
export class TextPainter {
  readonly #document: typeof PDFDocument.prototype;
  readonly #direction: Direction;
  readonly #registered = new Set<string>();

  constructor(document: typeof PDFDocument.prototype, direction: Direction) {
    this.#document = document;
    this.#direction = direction;
  }

  lineHeight({ size }: TextStyle): number {
    return size * lineHeightFactor;
  }

  /**
   * Breaks the text into lines that fit: at spaces and between the characters of scripts without spaces; a word that is
   * longer than a line is broken inside.
   */
  linesOf(text: string, style: TextStyle, width: number): string[] {
    return text.split(/\r?\n/).flatMap((paragraph) => this.#wrap(paragraph, style, width));
  }

  /** Draws the lines of the text and gives the height that they took, in points. */
  paint(text: string, box: TextBox, style: TextStyle): number {
    const lines = this.linesOf(text, style, box.width);
    // A name or an address reads in its own direction, whatever the page's is.
    const direction = directionOf(text, this.#direction);
    lines.forEach((line, index) => {
      this.#paintLine(line, direction, { ...box, y: box.y + index * this.lineHeight(style) }, style);
    });
    return lines.length * this.lineHeight(style);
  }

  #wrap(paragraph: string, style: TextStyle, width: number): string[] {
    const lines: string[] = [];
    let line = '';
    for (const piece of piecesOf(paragraph)) {
      if (this.#width(line + piece.trimEnd(), style) <= width) {
        line += piece;
        continue;
      }
      if (line !== '') lines.push(line.trimEnd());
      line = this.#breakInside(piece, style, width, lines);
    }
    lines.push(line.trimEnd());
    return lines;
  }

  /** Breaks a piece that is wider than a line, puts the full lines into `lines`, and returns the rest for the next line. */
  #breakInside(piece: string, style: TextStyle, width: number, lines: string[]): string {
    let line = '';
    for (const character of piece) {
      if (line !== '' && this.#width((line + character).trimEnd(), style) > width) {
        lines.push(line);
        line = '';
      }
      line += character;
    }
    return line;
  }

  #paintLine(
    line: string,
    direction: Direction,
    { x, y, width, align = 'start' }: TextBox,
    style: TextStyle,
  ): void {
    const runs = visualRuns(line, direction, style.weight ?? 'regular');
    const widths = runs.map((run) => this.#runWidth(run, style));
    const total = widths.reduce((sum, each) => sum + each, 0);
    const toTheRight = (align === 'end') === (this.#direction === 'ltr');
    let cursor = toTheRight ? x + width - total : x;
    runs.forEach((run, index) => {
      this.#use(run, style);
      this.#document.fillColor(style.colour ?? ink);
      this.#document.text(run.text, cursor, y, { lineBreak: false, features: featuresOf(run) });
      cursor += widths[index] ?? 0;
    });
  }

  #width(line: string, style: TextStyle): number {
    const runs = visualRuns(line, this.#direction, style.weight ?? 'regular');
    return runs.reduce((sum, run) => sum + this.#runWidth(run, style), 0);
  }

  #runWidth(run: VisualRun, style: TextStyle): number {
    this.#use(run, style);
    return this.#document.widthOfString(run.text, { features: featuresOf(run) });
  }

  #use({ face }: VisualRun, style: TextStyle): void {
    if (!this.#registered.has(face.name)) {
      this.#document.registerFont(face.name, face.file);
      this.#registered.add(face.name);
    }
    this.#document.font(face.name).fontSize(style.size);
  }
}

/** With features of its own a run is shaped as a whole; without, word by word and always from the left. */
function featuresOf({ direction }: VisualRun): ('kern' | 'rtla')[] {
  return direction === 'rtl' ? ['rtla'] : ['kern'];
}

/** The pieces between which a line may break, each with the spaces that follow it. */
function piecesOf(paragraph: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of words.segment(paragraph)) {
    const joinsTheLast = /^[\s\p{P}\p{S}]+$/u.test(segment) && pieces.length > 0;
    if (joinsTheLast) pieces[pieces.length - 1] += segment;
    else pieces.push(segment);
  }
  return pieces;
}
