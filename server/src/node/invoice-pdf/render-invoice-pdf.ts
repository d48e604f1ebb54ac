import PDFDocument from 'pdfkit';
import type { Invoice, InvoiceLine, InvoiceParty } from '../../contract/invoices/invoices.ts';
import type { Money } from '../../contract/values/amount.ts';
import { createInvoiceFormat, type InvoiceFormat } from './invoice-format.ts';
import { type InvoiceWords, invoiceWords } from './invoice-words.ts';
import { type TextBox, TextPainter, type TextStyle } from './text-painter.ts';

export interface InvoicePdfSettings {
  /** BCP 47. Words are English, German, Japanese or Arabic by its language, English for all others; figures and dates are the locale's own. */
  readonly locale: string;
  readonly pageSize?: 'A4' | 'LETTER';
}

const margin = 48;
const gap = 16;
const rowPadding = 7;
const factLabelWidth = 100;
const hairline = '#d9dce1';
const muted = '#5b626d';

const styles = {
  title: { size: 22, weight: 'semibold' },
  heading: { size: 9, weight: 'semibold', colour: muted },
  body: { size: 9.5 },
  strong: { size: 9.5, weight: 'semibold' },
  small: { size: 8, colour: muted },
  total: { size: 12, weight: 'semibold' },
} satisfies Record<string, TextStyle>;

type TotalsRow = readonly [label: string, value: string, style: TextStyle];

/** Widths of the figures' columns in points; the description takes the rest. */
const columns = { quantity: 80, unitPrice: 110, amount: 90 };

/**
 * Writes an invoice or a credit note as a PDF. The same invoice and settings give the same bytes. Text is literal: markup in a
 * name is printed as it is. A line of the table is never torn over two pages, and the table's head stands on each.
 * @throws MissingGlyphError where no installed font has a character.
 * @throws RangeError where the locale does not exist.
 */
export async function renderInvoicePdf(invoice: Invoice, settings: InvoicePdfSettings): Promise<Uint8Array> {
  return new InvoiceSheet(invoice, settings).render();
}

class InvoiceSheet {
  readonly #invoice: Invoice;
  readonly #words: InvoiceWords;
  readonly #format: InvoiceFormat;
  readonly #document: typeof PDFDocument.prototype;
  readonly #painter: TextPainter;
  readonly #width: number;
  readonly #bottom: number;
  #y = margin;

  constructor(invoice: Invoice, { locale, pageSize = 'A4' }: InvoicePdfSettings) {
    this.#invoice = invoice;
    this.#words = invoiceWords(locale);
    this.#format = createInvoiceFormat(locale, invoice.timeZone);
    this.#document = new PDFDocument({
      size: pageSize,
      margin,
      bufferPages: true,
      lang: locale,
      displayTitle: true,
      info: {
        Title: `${this.#title()} ${invoice.number ?? this.#words.draft}`,
        Author: invoice.seller.name,
        // PDF keeps when it was made; a clock here would give other bytes each time.
        CreationDate: new Date(invoice.issuedAt ?? invoice.periodEndsAt),
      },
    });
    this.#painter = new TextPainter(this.#document, this.#words.direction);
    this.#width = this.#document.page.width - 2 * margin;
    this.#bottom = this.#document.page.height - margin - 2 * styles.small.size;
  }

  render(): Promise<Uint8Array> {
    const chunks: Uint8Array[] = [];
    const written = new Promise<Uint8Array>((resolve, reject) => {
      this.#document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
      this.#document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
      this.#document.on('error', reject);
    });
    this.#paintHead();
    this.#paintParties();
    this.#paintLines();
    this.#paintTotals();
    this.#paintNote();
    this.#paintFeet();
    this.#document.end();
    return written;
  }

  #title(): string {
    return this.#invoice.kind === 'credit_note' ? this.#words.creditNote : this.#words.invoice;
  }

  /** Whether it is a credit note, or an invoice that was taken back as a whole. */
  #isCredited(): boolean {
    const { kind, status, total, amountCredited } = this.#invoice;
    if (kind === 'credit_note') return true;
    return status === 'paid' && Number(total.amount) > 0 && amountCredited.amount === total.amount;
  }

  #paintHead(): void {
    const { number, correctsNumber, status, issuedAt, dueAt, paidAt, periodStartsAt, periodEndsAt } =
      this.#invoice;
    const words = this.#words;
    const titleWidth = (this.#width - gap) * 0.4;
    const factStart = titleWidth + gap;
    const factWidth = this.#width - factStart;
    const titleHeight = this.#paint(this.#title(), { start: 0, width: titleWidth }, styles.title);
    this.#paint(
      this.#isCredited() ? words.amountCredited : words.statuses[status],
      { start: 0, width: titleWidth, below: titleHeight },
      { ...styles.strong, colour: status === 'past_due' ? '#b42318' : muted },
    );

    const facts: [label: string, value: string][] = [
      [words.number, number ?? words.draft],
      ...(correctsNumber === null ? [] : [[words.corrects, correctsNumber] satisfies [string, string]]),
      ...this.#dated(words.issued, issuedAt),
      // Nothing is due of a credit note, and what was credited as a whole was not paid.
      ...(this.#invoice.kind === 'credit_note' ? [] : this.#dated(words.due, dueAt)),
      ...(this.#isCredited() ? [] : this.#dated(words.paid, paidAt)),
      [words.period, this.#format.period(periodStartsAt, periodEndsAt)],
    ];
    let below = 0;
    for (const [label, value] of facts) {
      const labelHeight = this.#paint(
        label,
        { start: factStart, width: factLabelWidth, below },
        styles.small,
      );
      const valueHeight = this.#paint(
        value,
        { start: factStart + factLabelWidth, width: factWidth - factLabelWidth, below, align: 'end' },
        styles.body,
      );
      below += Math.max(labelHeight, valueHeight) + 2;
    }
    this.#y += Math.max(below, titleHeight + 24) + 24;
  }

  #dated(label: string, at: string | null): [label: string, value: string][] {
    return at === null ? [] : [[label, this.#format.date(at)]];
  }

  #paintParties(): void {
    const half = (this.#width - gap) / 2;
    const { seller, buyer } = this.#invoice;
    const isSellerNamed = seller.name !== '' || seller.addressLines.length > 0;
    const heights = [
      isSellerNamed ? this.#paintParty(this.#words.from, seller, 0, half) : 0,
      this.#paintParty(this.#words.billTo, buyer, isSellerNamed ? half + gap : 0, half),
    ];
    this.#y += Math.max(...heights) + 28;
  }

  #paintParty(
    label: string,
    { name, addressLines, taxId, email }: InvoiceParty,
    start: number,
    width: number,
  ): number {
    const parts: [text: string, style: TextStyle][] = [
      [label, styles.heading],
      [name, styles.strong],
      ...addressLines.map((line): [string, TextStyle] => [line, styles.body]),
      ...(taxId === null
        ? []
        : [[`${this.#words.taxId}: ${taxId}`, styles.body] satisfies [string, TextStyle]]),
      ...(email === null ? [] : [[email, styles.body] satisfies [string, TextStyle]]),
    ];
    let below = 0;
    for (const [text, style] of parts) below += this.#paint(text, { start, width, below }, style);
    return below;
  }

  #paintLines(): void {
    this.#paintTableHead();
    for (const line of this.#invoice.lines) {
      if (line.kind === 'tax') continue;
      if (this.#y + this.#rowHeight(line) > this.#bottom) {
        this.#addPage();
        this.#paintTableHead();
      }
      this.#paintRow(line);
    }
    this.#y += 12;
  }

  #paintTableHead(): void {
    const { description, quantity, unitPrice, amount } = this.#words;
    this.#paintColumns([description, quantity, unitPrice, amount], styles.heading);
    this.#y += this.#painter.lineHeight(styles.heading) + 4;
    this.#rule();
  }

  #paintRow(line: InvoiceLine): void {
    const height = this.#rowHeight(line);
    this.#y += rowPadding;
    const { title, details } = this.#rowText(line);
    const titleHeight = this.#paint(title, { start: 0, width: this.#descriptionWidth() }, styles.body);
    this.#paint(details, { start: 0, width: this.#descriptionWidth(), below: titleHeight }, styles.small);
    this.#paintColumns(['', ...this.#rowFigures(line)], styles.body);
    this.#y += height - rowPadding;
    this.#rule();
  }

  #rowHeight(line: InvoiceLine): number {
    const { title, details } = this.#rowText(line);
    const [quantity, unitPrice] = this.#rowFigures(line);
    const description =
      this.#height(title, styles.body, this.#descriptionWidth()) +
      this.#height(details, styles.small, this.#descriptionWidth());
    const figures = Math.max(
      this.#height(quantity, styles.body, columns.quantity),
      this.#height(unitPrice, styles.body, columns.unitPrice),
    );
    return Math.max(description, figures) + 2 * rowPadding;
  }

  #rowText({ kind, subject, subjectKind, share, periodStartsAt, periodEndsAt }: InvoiceLine): {
    title: string;
    details: string;
  } {
    const kindWord = this.#words.lines[kind];
    const name = subjectKind === 'dedicated_ips' ? this.#words.lines.dedicated_ips : subject;
    const title = [kindWord, name === kindWord ? '' : name].filter(Boolean).join(': ');
    const period = this.#format.period(periodStartsAt, periodEndsAt);
    if (share === null) return { title, details: period };
    const part = this.#words.share(this.#format.number(share.part), this.#format.number(share.of));
    return { title, details: `${period} (${part})` };
  }

  #rowFigures({ quantity, unit, rate, ratePer, amount }: InvoiceLine): [string, string, string] {
    const unitWord = unit === null ? '' : quantity === '1' ? unit.one : unit.other;
    const count = quantity === null ? '' : `${this.#format.number(quantity)} ${unitWord}`.trim();
    return [count, this.#unitPrice(rate, ratePer), this.#format.money(amount)];
  }

  #unitPrice(rate: InvoiceLine['rate'], ratePer: number | null): string {
    if (rate === null) return '';
    const price = this.#format.money(rate);
    return ratePer === null || ratePer === 1 ? price : this.#words.per(price, this.#format.number(ratePer));
  }

  #paintColumns(
    [description, quantity, unitPrice, amount]: readonly [string, string, string, string],
    style: TextStyle,
  ): void {
    const start = this.#descriptionWidth() + gap;
    this.#paint(description, { start: 0, width: this.#descriptionWidth() }, style);
    this.#paint(quantity, { start, width: columns.quantity, align: 'end' }, style);
    const priceStart = start + columns.quantity + gap;
    this.#paint(unitPrice, { start: priceStart, width: columns.unitPrice, align: 'end' }, style);
    const amountStart = priceStart + columns.unitPrice + gap;
    this.#paint(amount, { start: amountStart, width: columns.amount, align: 'end' }, style);
  }

  #descriptionWidth(): number {
    return this.#width - columns.quantity - columns.unitPrice - columns.amount - 3 * gap;
  }

  #paintTotals(): void {
    const { kind, lines, subtotal, tax, total, amountPaid, amountCredited, amountDue } = this.#invoice;
    const words = this.#words;
    const row = (label: string, amount: Money, style: TextStyle = styles.body): TotalsRow => [
      label,
      this.#format.money(amount),
      style,
    ];
    const taxLines = lines.filter((line) => line.kind === 'tax');
    const rows = [
      row(words.subtotal, subtotal),
      ...taxLines.map(({ subject, amount }) => row(`${words.tax}: ${subject}`, amount)),
      ...(taxLines.length === 0 ? [row(words.tax, tax)] : []),
      row(words.total, total, styles.strong),
    ];
    // Nothing is paid or due of a credit note. Of an invoice, total less paid less credited is what is due.
    if (kind === 'invoice') {
      rows.push(row(words.amountPaid, amountPaid));
      if (Number(amountCredited.amount) > 0) rows.push(row(words.amountCredited, amountCredited));
      rows.push(row(words.amountDue, amountDue, styles.total));
    }
    const width = 260;
    const start = this.#width - width;
    const heights = rows.map(([label, , style]) => this.#height(label, style, width / 2) + 4);
    // The totals stand together: a sum without its parts on the same page is hard to check.
    if (this.#y + heights.reduce((sum, height) => sum + height, 0) > this.#bottom) this.#addPage();
    rows.forEach(([label, value, style], index) => {
      this.#paint(label, { start, width: width / 2 }, style);
      this.#paint(value, { start: start + width / 2, width: width / 2, align: 'end' }, style);
      this.#y += heights[index] ?? 0;
    });
    this.#y += 20;
  }

  #paintNote(): void {
    const { note } = this.#invoice;
    if (note === null) return;
    const lineHeight = this.#painter.lineHeight(styles.small);
    for (const line of this.#painter.linesOf(note, styles.small, this.#width)) {
      if (this.#y + lineHeight > this.#bottom) this.#addPage();
      this.#paint(line, { start: 0, width: this.#width }, styles.small);
      this.#y += lineHeight;
    }
  }

  #paintFeet(): void {
    const { start: first, count } = this.#document.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.#document.switchToPage(first + page);
      this.#y = this.#document.page.height - margin - styles.small.size;
      const half = this.#width / 2;
      const title = `${this.#title()} ${this.#invoice.number ?? this.#words.draft}`;
      this.#paint(title, { start: 0, width: half }, styles.small);
      this.#paint(
        this.#words.page(page + 1, count),
        { start: half, width: half, align: 'end' },
        styles.small,
      );
    }
  }

  #addPage(): void {
    this.#document.addPage();
    this.#y = margin;
  }

  #rule(): void {
    this.#document
      .moveTo(margin, this.#y)
      .lineTo(margin + this.#width, this.#y)
      .lineWidth(0.5)
      .strokeColor(hairline)
      .stroke();
  }

  #height(text: string, style: TextStyle, width: number): number {
    if (text === '') return 0;
    return this.#painter.linesOf(text, style, width).length * this.#painter.lineHeight(style);
  }

  /** `start` counts from the edge at which reading begins. */
  #paint(
    text: string,
    { start, width, below = 0, align }: Pick<TextBox, 'width' | 'align'> & { start: number; below?: number },
    style: TextStyle,
  ): number {
    if (text === '') return 0;
    const left = this.#words.direction === 'ltr' ? margin + start : margin + this.#width - start - width;
    const box = { x: left, y: this.#y + below, width, ...(align === undefined ? {} : { align }) };
    return this.#painter.paint(text, box, style);
  }
}
