import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface PdfText {
  /** The words of a page, joined by single spaces. */
  text: string;
  /** Each piece with where its left end stands, in points from the page's bottom left corner. */
  pieces: { text: string; x: number; y: number }[];
}

/** Reads a PDF's text back, page by page, as a reader that copies it would. */
export async function readPdf(bytes: Uint8Array): Promise<PdfText[]> {
  const document = await getDocument({ data: bytes.slice(), useSystemFonts: false, verbosity: 0 }).promise;
  const pages = Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1));
  const texts: PdfText[] = [];
  for (const page of await Promise.all(pages)) {
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item) =>
      'str' in item && item.str.trim() !== ''
        ? [{ text: item.str, x: Number(item.transform[4]), y: Number(item.transform[5]) }]
        : [],
    );
    texts.push({
      pieces,
      text: pieces
        .map(({ text }) => text)
        .join(' ')
        .replace(/\s+/g, ' '),
    });
  }
  return texts;
}
