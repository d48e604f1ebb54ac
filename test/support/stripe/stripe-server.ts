import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FormObject, objectOf, parseForm, textOf } from './form-body.ts';
import { stripeCalls } from './stripe-calls.ts';

export interface StripeObject {
  id: string;
  object: string;
  [field: string]: unknown;
}

interface Answer {
  status: number;
  body: object;
}

/** One request as it came, for tests that count what was sent. */
export interface SeenCall {
  method: string;
  path: string;
  form: FormObject;
  idempotencyKey: string | undefined;
  /** Of the API, as the caller asks for it. */
  version: string | string[] | undefined;
}

/** What goes wrong with the next requests that fit. */
export interface StripeFault {
  /** Part of the path. */
  path: string;
  times: number;
  /** `lost` does what was asked and cuts the connection; `error` does it and answers 500; the others do nothing. */
  kind: 'lost' | 'error' | 'refused_500' | 'rate_limited' | 'in_use';
}

const movesMoney: ReadonlySet<string> = new Set(['/v1/payment_intents', '/v1/refunds']);

/** Test methods by the behaviour that Stripe documents for them. */
const behaviours: Record<string, string> = {
  pm_card_visa: 'succeeds',
  pm_card_chargeDeclined: 'declines',
  pm_card_authenticationRequired: 'authenticates',
  pm_usBankAccount_processing: 'processes',
};

/**
 * A small stand-in for Stripe's API on a real port: customers, methods, payments, refunds, checkout and portal pages, with
 * idempotency keys that replay answers and faults alike. It refuses calls and parameters that the reference does not have.
 */
export class StripeServer {
  readonly seen: SeenCall[] = [];
  /** Happens between the request that ends a page and its end. */
  beforeExpiry: (() => unknown) | undefined;
  readonly objects = new Map<string, StripeObject>();
  readonly faults: StripeFault[] = [];
  /**
   * Told of each payment or refund that is asked for: when it came, when it is done and not answered, and when it is answered. `drop` ends
   * it there, as a caller that is gone does.
   */
  onPayment: ((reached: 'came' | 'done' | 'answered') => Promise<'go on' | 'drop'>) | undefined;
  readonly #answers = new Map<string, { form: string; answer: Answer }>();
  readonly #server = createServer((request, response) => void this.#take(request, response));
  #count = 0;
  /** In seconds; what Stripe dates new objects with. */
  nowSeconds = 1_790_000_000;

  static async start(): Promise<StripeServer> {
    const server = new StripeServer();
    await new Promise<void>((resolve) => server.#server.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  get<Type extends StripeObject = StripeObject>(id: string): Type {
    const found = this.objects.get(id);
    if (found === undefined) throw new Error(`no ${id}`);
    return found as Type;
  }

  all(object: string): StripeObject[] {
    return [...this.objects.values()].filter((each) => each.object === object);
  }

  /** Calls of one path, such as `POST /v1/payment_intents`. */
  calls(name: string): SeenCall[] {
    return this.seen.filter(({ method, path }) => `${method} ${path}` === name);
  }

  /** A person enters a test method on the page that was opened last. */
  enterMethod(pageId: string, testMethod = 'pm_card_visa'): StripeObject {
    const page = this.get(pageId);
    const method = this.#addMethod(testMethod, String(page.customer));
    const setup = this.#add('seti', 'setup_intent', { status: 'succeeded', payment_method: method.id });
    Object.assign(page, { status: 'complete', setup_intent: setup.id });
    return method;
  }

  /** A person pays the page; a bank debit is processing first. */
  payPage(pageId: string, kind: 'card' | 'bank' = 'card'): StripeObject {
    const page = this.get(pageId);
    const intent = this.#add('pi', 'payment_intent', {
      amount: page.amount_total,
      currency: page.currency,
      customer: page.customer,
      metadata: page.payment_intent_metadata,
      status: kind === 'card' ? 'succeeded' : 'processing',
      last_payment_error: null,
    });
    Object.assign(page, {
      status: 'complete',
      payment_intent: intent.id,
      payment_status: kind === 'card' ? 'paid' : 'unpaid',
    });
    return intent;
  }

  /** Somebody refunds a payment on Stripe's own pages. */
  refundByHand(intentId: string, amount: number): StripeObject {
    const charge = this.get(String(this.get(intentId).latest_charge));
    charge.amount_refunded = Number(charge.amount_refunded) + amount;
    const currency = this.get(intentId).currency;
    return this.#add('re', 'refund', {
      ...{ amount, currency, charge: charge.id, payment_intent: intentId },
      ...{ metadata: {}, reason: 'requested_by_customer', status: 'succeeded' },
    });
  }

  /** The payer disputes a payment at the bank. */
  dispute(intentId: string, status = 'needs_response'): StripeObject {
    const intent = this.get(intentId);
    intent.disputed = true;
    return this.#add('du', 'dispute', {
      ...{ amount: intent.amount, currency: intent.currency, charge: intent.latest_charge },
      ...{ payment_intent: intentId, balance_transactions: [], is_charge_refundable: false },
      ...{ reason: 'fraudulent', status },
    });
  }

  #add(prefix: string, object: string, fields: object): StripeObject {
    this.#count += 1;
    const made: StripeObject = {
      id: `${prefix}_${this.#count}`,
      object,
      created: this.nowSeconds,
      livemode: false,
      ...fields,
    };
    this.objects.set(made.id, made);
    return made;
  }

  #addMethod(testMethod: string, customer: string): StripeObject {
    const isBank = testMethod.startsWith('pm_usBankAccount');
    const details = isBank
      ? { type: 'us_bank_account', us_bank_account: { bank_name: 'STRIPE TEST BANK', last4: '6789' } }
      : { type: 'card', card: { brand: 'visa', last4: '4242' } };
    return this.#add('pm', 'payment_method', { customer, behaviour: behaviours[testMethod], ...details });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname, search } = new URL(request.url ?? '/', 'http://stripe');
    const text = request.method === 'GET' ? search.slice(1) : Buffer.concat(chunks).toString();
    const form = parseForm(text);
    const key = request.headers['idempotency-key'];
    const idempotencyKey = typeof key === 'string' ? key : undefined;
    const method = request.method ?? 'GET';
    const version = request.headers['stripe-version'];
    this.seen.push({ method, path: pathname, form, idempotencyKey, version });
    const send = ({ status, body }: Answer, replayed = false) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'stripe-should-retry': 'false',
        ...(replayed ? { 'idempotent-replayed': 'true' } : {}),
      });
      response.end(JSON.stringify(body));
    };

    const reached = async (step: 'came' | 'done' | 'answered') =>
      method === 'POST' && movesMoney.has(pathname) && (await this.onPayment?.(step)) === 'drop';
    if (await reached('came')) return void response.destroy();
    const kept = idempotencyKey === undefined ? undefined : this.#answers.get(idempotencyKey);
    const fault = this.#faultFor(pathname);
    if (fault?.kind === 'rate_limited') return send(errorOf(429, 'rate_limit_error', 'Too many requests'));
    if (fault?.kind === 'in_use')
      return send(
        errorOf(409, 'idempotency_error', 'Another request uses this key', 'idempotency_key_in_use'),
      );
    if (kept !== undefined) {
      if (kept.form !== text) return send(errorOf(400, 'idempotency_error', 'Keys go with one request only'));
      return send(kept.answer, true);
    }
    const answer =
      fault?.kind === 'refused_500'
        ? errorOf(500, 'api_error', 'Something went wrong')
        : this.#answer(method, pathname, form);
    const told = fault?.kind === 'error' ? errorOf(500, 'api_error', 'Something went wrong') : answer;
    if (idempotencyKey !== undefined && (told.status < 400 || told.status === 402 || told.status >= 500)) {
      this.#answers.set(idempotencyKey, { form: text, answer: told });
    }
    if (fault?.kind === 'lost' || (await reached('done'))) return void response.destroy();
    send(told);
    await reached('answered');
  }

  #faultFor(path: string): StripeFault | undefined {
    const fault = this.faults.find((each) => each.times > 0 && path.includes(each.path));
    if (fault !== undefined) fault.times -= 1;
    return fault;
  }

  #answer(method: string, path: string, form: FormObject): Answer {
    const call = stripeCalls.find(
      (each) => each.method === method && new RegExp(`^${each.path.replace(':id', '[^/]+')}$`).test(path),
    );
    if (call === undefined)
      return errorOf(404, 'invalid_request_error', `Unrecognized request URL (${method}: ${path})`);
    const unknown = Object.keys(form).find((name) => !call.parameters.includes(name));
    if (unknown !== undefined)
      return errorOf(
        400,
        'invalid_request_error',
        `Received unknown parameter: ${unknown}`,
        'parameter_unknown',
      );
    const missing = call.required.find((name) => form[name] === undefined);
    if (missing !== undefined)
      return errorOf(
        400,
        'invalid_request_error',
        `Missing required param: ${missing}.`,
        'parameter_missing',
      );
    const id = path.split('/').at(-1) ?? '';
    if (call.path.endsWith(':id')) return this.#retrieve(id, form);
    if (call.path.endsWith('/expire')) return this.#expirePage(path.split('/').at(-2) ?? '');
    switch (`${method} ${path}`) {
      case 'POST /v1/customers':
        return ok(this.#add('cus', 'customer', { metadata: objectOf(form, 'metadata') }));
      case 'GET /v1/payment_intents':
        return this.#listIntents(form);
      case 'POST /v1/payment_intents':
        return this.#createIntent(form);
      case 'GET /v1/refunds':
        return this.#listOfIntent('refund', form);
      case 'GET /v1/disputes':
        return this.#listOfIntent('dispute', form);
      case 'POST /v1/refunds':
        return this.#createRefund(form);
      case 'GET /v1/checkout/sessions':
        return this.#listPages(form);
      case 'POST /v1/checkout/sessions':
        return this.#createPage(form);
      default:
        return ok(
          this.#add('bps', 'billing_portal.session', { url: `https://billing.stripe.test/${this.#count}` }),
        );
    }
  }

  #retrieve(id: string, form: FormObject): Answer {
    const found = this.objects.get(id);
    if (found === undefined) return missing(id);
    const expand = Object.values(objectOf(form, 'expand')).map(String);
    return ok(this.#expanded(found, expand));
  }

  #expanded(object: StripeObject, expand: string[]): StripeObject {
    const copy = { ...object };
    for (const path of expand) {
      const [field = '', ...rest] = path.split('.');
      const value = copy[field];
      const inner = typeof value === 'string' ? this.objects.get(value) : undefined;
      if (inner !== undefined) copy[field] = this.#expanded(inner, rest.length === 0 ? [] : [rest.join('.')]);
    }
    return copy;
  }

  #listIntents(form: FormObject): Answer {
    const customer = textOf(form, 'customer');
    const created = objectOf(form, 'created');
    const limit = Number(textOf(form, 'limit') ?? 10);
    const after = textOf(form, 'starting_after');
    const all = this.all('payment_intent')
      .filter((intent) => customer === undefined || intent.customer === customer)
      .filter((intent) => Number(intent.created) >= Number(created.gte ?? 0))
      .filter((intent) => Number(intent.created) < Number(created.lt ?? Number.POSITIVE_INFINITY))
      .reverse();
    const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
    const data = all.slice(start, start + limit).map((intent) => this.#expanded(intent, ['latest_charge']));
    return ok({ object: 'list', url: '/v1/payment_intents', has_more: start + limit < all.length, data });
  }

  #createIntent(form: FormObject): Answer {
    const customer = this.objects.get(textOf(form, 'customer') ?? '');
    const method = this.objects.get(textOf(form, 'payment_method') ?? '');
    if (customer === undefined || customer.deleted === true) return missing(textOf(form, 'customer') ?? '');
    if (method === undefined || method.customer !== customer.id)
      return missing(textOf(form, 'payment_method') ?? '');
    const amount = Number(textOf(form, 'amount'));
    if (amount < 50) {
      return errorOf(400, 'invalid_request_error', 'Amount must be at least $0.50 usd', 'amount_too_small');
    }
    const fields = {
      amount,
      currency: textOf(form, 'currency'),
      customer: customer.id,
      payment_method: method.id,
      metadata: objectOf(form, 'metadata'),
      description: textOf(form, 'description'),
      last_payment_error: null,
    };
    if (method.behaviour === 'succeeds' || method.behaviour === 'processes') {
      const status = method.behaviour === 'succeeds' ? 'succeeded' : 'processing';
      const charge = this.#add('ch', 'charge', { amount, amount_refunded: 0 });
      return ok(this.#add('pi', 'payment_intent', { ...fields, status, latest_charge: charge.id }));
    }
    const code = method.behaviour === 'declines' ? 'card_declined' : 'authentication_required';
    const message =
      method.behaviour === 'declines' ? 'Your card was declined.' : 'The payment needs authentication.';
    const error = { type: 'card_error', code, message };
    const intent = this.#add('pi', 'payment_intent', {
      ...fields,
      status: 'requires_payment_method',
      last_payment_error: error,
    });
    return { status: 402, body: { error: { ...error, payment_intent: intent } } };
  }

  #createRefund(form: FormObject): Answer {
    const intent = this.get(textOf(form, 'payment_intent') ?? '');
    if (intent.disputed === true)
      return errorOf(400, 'invalid_request_error', 'The charge has been disputed.', 'charge_disputed');
    const charge = this.get(String(intent.latest_charge));
    const amount = Number(textOf(form, 'amount') ?? intent.amount);
    const refunded = Number(charge.amount_refunded) + amount;
    if (refunded > Number(charge.amount)) {
      return errorOf(400, 'invalid_request_error', 'Refund amount is greater than charge amount.');
    }
    charge.amount_refunded = refunded;
    return ok(
      this.#add('re', 'refund', {
        amount,
        payment_intent: intent.id,
        metadata: objectOf(form, 'metadata'),
        status: 'succeeded',
      }),
    );
  }

  /** Newest first, as Stripe's lists are. */
  #listOfIntent(object: 'refund' | 'dispute', form: FormObject): Answer {
    const data = this.all(object)
      .filter(({ payment_intent }) => payment_intent === textOf(form, 'payment_intent'))
      .reverse();
    return ok({ object: 'list', url: `/v1/${object}s`, has_more: false, data });
  }

  #listPages(form: FormObject): Answer {
    const data = this.all('checkout.session')
      .filter(({ customer }) => customer === textOf(form, 'customer'))
      .reverse();
    return ok({ object: 'list', url: '/v1/checkout/sessions', has_more: false, data });
  }

  #expirePage(id: string): Answer {
    this.beforeExpiry?.();
    const page = this.objects.get(id);
    if (page === undefined) return missing(id);
    if (page.status !== 'open')
      return errorOf(
        400,
        'invalid_request_error',
        `Only open sessions can be expired, and this is ${page.status}.`,
      );
    return ok(Object.assign(page, { status: 'expired', url: null }));
  }

  #createPage(form: FormObject): Answer {
    const price = objectOf(objectOf(objectOf(form, 'line_items'), '0'), 'price_data');
    const page = this.#add('cs', 'checkout.session', {
      mode: textOf(form, 'mode'),
      customer: textOf(form, 'customer') ?? null,
      metadata: objectOf(form, 'metadata'),
      payment_intent_metadata: objectOf(objectOf(form, 'payment_intent_data'), 'metadata'),
      amount_total: Number(textOf(price, 'unit_amount') ?? 0),
      currency: textOf(price, 'currency') ?? textOf(form, 'currency'),
      status: 'open',
      payment_status: textOf(form, 'mode') === 'setup' ? 'no_payment_required' : 'unpaid',
      payment_intent: null,
      setup_intent: null,
      expires_at: this.nowSeconds + 86_400,
    });
    page.url = `https://checkout.stripe.test/${page.id}`;
    return ok(page);
  }
}

function ok(body: object): Answer {
  return { status: 200, body };
}

function missing(id: string): Answer {
  return errorOf(404, 'invalid_request_error', `No such object: '${id}'`, 'resource_missing');
}

function errorOf(status: number, type: string, message: string, code?: string): Answer {
  return { status, body: { error: { type, message, ...(code === undefined ? {} : { code }) } } };
}
