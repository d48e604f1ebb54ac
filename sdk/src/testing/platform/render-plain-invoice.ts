import type { Invoice } from '@usagekit/server/contract';

/**
 * An invoice as a small PDF of one page: number, parties, lines, total, in the fonts that every reader has. The server's own
 * renderer brings fonts of megabytes and needs Node; letters beyond Latin-1 become a question mark here.
 */
export async function renderPlainInvoice(invoice: Invoice): Promise<Uint8Array> {
  const money = ({ amount, currency }: Invoice['total']) => `${amount} ${currency}`;
  const texts = [
    `${invoice.kind === 'invoice' ? 'Invoice' : 'Credit note'} ${invoice.number ?? ''}`,
    `${invoice.seller.name} to ${invoice.buyer.name}`,
    `${invoice.periodStartsAt.slice(0, 10)} to ${invoice.periodEndsAt.slice(0, 10)}`,
    '',
    ...invoice.lines.map(({ subject, amount }) => `${subject}: ${money(amount)}`),
    '',
    `Total: ${money(invoice.total)}`,
    `Due: ${money(invoice.amountDue)}`,
  ];
  const content = `BT /F1 11 Tf 50 790 Td 16 TL ${texts.map((text) => `(${escaped(text)}) Tj T*`).join(' ')} ET`;
  return toFile([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]);
}

/** Objects with the table of where each begins (ISO 32000-1, 7.5). Every character is one byte. */
function toFile(objects: readonly string[]): Uint8Array {
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n`;
  for (const offset of offsets) text += `${String(offset).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function escaped(text: string): string {
  return [...text]
    .map((character) => (character.charCodeAt(0) > 255 ? '?' : character.replace(/[\\()]/, '\\$&')))
    .join('');
}
