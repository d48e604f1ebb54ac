import type { Worker } from 'node:worker_threads';
import type { RenderInvoice } from '../../app/app-options.ts';
import { AppError } from '../../app/http/reply/problem.ts';
import type { Invoice } from '../../contract/invoices/invoices.ts';
import { startWorker } from '../../threads/start-worker.ts';
import type { PrintReply, PrintRequest } from './print-worker.ts';

/** How long the thread is kept with its faces when nothing is to be printed. */
const keptMs = 60_000;

/**
 * Writes an invoice as a PDF, on a thread of its own: to draw one takes 0.2 s and more, for which every answer would wait. With its faces the
 * writer is large and seldom asked for, so it is loaded with the first one and forgotten when none has been asked for in a minute.
 * @throws AppError `conflict` where no installed font has a character of the invoice; it names the character and the package.
 */
export const printInvoice: RenderInvoice = (invoice, locale) => {
  if (printer?.hasEnded !== false) printer = new Printer();
  return printer.print(invoice, locale);
};

let printer: Printer | undefined;

/** The thread, which prints one invoice after another. */
class Printer {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, PromiseWithResolvers<Uint8Array>>();
  #asked = 0;
  #idle: NodeJS.Timeout | undefined;
  #hasEnded = false;

  constructor() {
    this.#worker = startWorker(import.meta.url, './print-worker');
    this.#worker.on('message', (reply: PrintReply) => this.#hear(reply));
    this.#worker.on('error', (error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(new Error('The thread that prints invoices has ended.')));
    this.#worker.unref();
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  print(invoice: Invoice, locale: string): Promise<Uint8Array> {
    clearTimeout(this.#idle);
    this.#asked += 1;
    const waiting = Promise.withResolvers<Uint8Array>();
    this.#waiting.set(this.#asked, waiting);
    this.#worker.ref();
    const request: PrintRequest = { id: this.#asked, invoice, locale };
    this.#worker.postMessage(request);
    return waiting.promise;
  }

  #hear(reply: PrintReply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'printed') waiting?.resolve(reply.pdf);
    else if (reply.kind === 'failed') waiting?.reject(reply.error);
    else waiting?.reject(new AppError('conflict', reply.detail));
    if (this.#waiting.size > 0) return;
    this.#worker.unref();
    this.#idle = setTimeout(() => {
      this.#hasEnded = true;
      void this.#worker.terminate();
    }, keptMs);
    this.#idle.unref();
  }

  #end(error: unknown): void {
    this.#hasEnded = true;
    clearTimeout(this.#idle);
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}
