import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const stripeCharges = 'unit/payments/stripe-charges.test.ts';
const stripeMethods = 'unit/payments/stripe-methods.test.ts';
const stripeReports = 'unit/payments/stripe-reports.test.ts';
const kills = 'store/charge-survives-kills.test.ts';
const kinds = 'api/invoices/reported-kinds.test.ts';
const invoices = 'api/invoices/invoices.test.ts';
const payments = 'unit/domain/invoices/payments.test.ts';
const purchases = 'api/purchases/purchases.test.ts';
const webhooks = 'api/notices/webhooks.test.ts';
const alerts = 'unit/domain/notices/alerts.test.ts';
const pdf = 'unit/node/invoice-pdf/invoice-pdf.test.ts';

/** The kinds of faults that were reported of products that charge, and the tests that try each of them here. */
const faults: Record<string, readonly [kind: string, ...tests: (readonly [file: string, words: string])[]]> =
  {
    A: [
      'signatures of what comes in',
      [stripeReports, 'is refused where a byte differs from what was signed'],
      [stripeReports, 'is refused with another secret, with an old stamp and with one of the future'],
    ],
    B: [
      'order of events',
      [
        stripeReports,
        'tells the present state, not the one that it was sent with, so that order does not matter',
      ],
      [kinds, 'B: one event three times at once is one payment, and a stale one undoes nothing'],
      [kills, 'B: takes a notification that comes before the killed server has its answer'],
    ],
    C: [
      'idempotency of what goes out',
      [stripeCharges, 'goes on under the next key where Stripe replays an error and nothing was done'],
      [stripeCharges, 'C: are two charges and two refunds'],
      [kills, 'C, E5: takes the money once where the server is killed %s'],
      ['api/invoices/crashes.test.ts', 'C, K: is taken once where the server loses the provider'],
    ],
    D: [
      'a charge that a person must confirm',
      [payments, 'D: a charge that a person must confirm has a link and is not repeated blindly'],
      [invoices, 'D: gives the link of a charge that a person must confirm'],
    ],
    E: [
      'two ways to pay',
      [payments, 'L226, E: a second payment of one invoice is kept for the next, and can be given back'],
      [
        stripeCharges,
        'needs action where the bank asks for it: one page, which is not offered again once it is paid',
      ],
    ],
    F: [
      'methods that take days',
      [kinds, 'F: a debit that settles is not charged again, whoever asks'],
      [payments, 'L222: waits for a debit that is settling'],
      [stripeCharges, 'settles where a bank has to be waited for'],
    ],
    G: [
      'refunds and disputes',
      [kinds, 'G, C14: a refund of bought credits takes them back in the same step'],
      ['react/console/refund-dialog.test.tsx', 'does with the credits what is chosen: %s'],
      [stripeReports, 'C14: is refused in words while the charge is disputed'],
      [kills, 'C14, C, G: gives back once where the server is killed %s'],
      [
        kills,
        'C14, G, L233, L238: gives a purchase back once, with one credit note, and takes its credits once, where the server is killed %s',
      ],
    ],
    H: [
      'a method that is gone',
      [kinds, 'H: a method that is gone at the provider is no method any more'],
      [stripeMethods, 'a method that is detached at Stripe is reported as removed'],
    ],
    I: [
      'modes and deletions',
      [stripeMethods, 'a customer that was deleted at Stripe is made again'],
      [
        stripeReports,
        'of the other mode, of an unknown type and of another product’s payment is taken and does nothing',
      ],
    ],
    J: [
      'versions of the provider’s interface',
      [stripeCharges, 'J: asks by the version that it is written for'],
    ],
    K: [
      'the provider’s own trouble',
      [stripeCharges, 'throws where it cannot know, and tells nothing of the card'],
      ['api/invoices/crashes.test.ts', 'C, K: is taken once where the server loses the provider'],
      ['api/invoices/faults.test.ts', 'K: uses up no attempt and sends no word of an invoice'],
    ],
    L: [
      'portal',
      [invoices, "L: leads to the provider's page of the account itself, whatever the caller sends"],
    ],
    M: [
      'dunning',
      [payments, 'L223, M: keeps access past due after a decline'],
      [invoices, 'M: two wishes to pay at one instant make one charge'],
      [invoices, 'L228, M: an upgrade whose charge is declined leaves the old plan and grants nothing'],
    ],
    N: ['words after the fact', [kinds, 'N: a reminder that waits is not sent once the invoice is paid']],
    O: [
      'the end of a trial',
      [
        'unit/domain/subscription/trial.test.ts',
        'L118, L119, B11: pauses all runs when it ends without a payment method, and resumes with one',
      ],
    ],
    P: [
      'top-up',
      [purchases, 'C8: buys once when a hundred debits cross the threshold together'],
      [purchases, 'C8: shows a failed charge with when it is tried again, and tries no sooner'],
      [purchases, 'C8, L143: is told once, with the reason and the next try, however many debits follow'],
      [kills, 'C, P, L237: tops up once, with one invoice, where the server is killed %s'],
    ],
    Q: [
      'webhooks that go out',
      [
        webhooks,
        'tries again under the same id with a fresh stamp, and delivers to an endpoint that has recovered',
      ],
    ],
    R: [
      'addresses of webhooks',
      [
        webhooks,
        'refuses an address that is not valid, or that leads into a private network, also where its name does so',
      ],
    ],
    S: [
      'consumers of webhooks',
      [webhooks, 'delivers to one endpoint while another hangs'],
      [webhooks, 'gives a copy up after three days, shows it, and sends it again'],
    ],
    T: [
      'mail',
      [
        webhooks,
        'D6: mails an alert to the address of the account, which may be changed and must be one bare address',
      ],
      [invoices, 'sets who buys, and refuses what is no bare address or no line'],
      ['extension/badge/badge.test.ts', 'US$12.50 of US$20.00 left'],
      ['unit/contract/reading-order.test.ts', 'names the dollar of another country by its letters'],
      ['unit/app/mail-words.test.ts', "T: tells amounts by their currency's code"],
    ],
    U: [
      'alerts',
      [alerts, 'L140, D6: tells once that an amount was reached, also where use lands exactly on it'],
      [alerts, 'L140, D6: tells what one use reaches together in one notice that names all'],
      [alerts, 'L140, D6: tells at once of an amount that is set at or below what is used'],
    ],
    V: [
      'scripts in PDF',
      [pdf, 'joins Arabic letters and keeps the order of a name of three words'],
      [pdf, 'prints Japanese and a Chinese form that the first faces lack'],
      [pdf, 'names the character that no installed font has, and what to install'],
    ],
    W: [
      'layout of PDF',
      [pdf, 'keeps the lines of a long invoice whole, with the head on each page and the sums on one'],
      [pdf, 'stays on the page: nothing is drawn below the foot or beyond the margins'],
    ],
    X: ['injection', [pdf, 'prints markup in a name as it is']],
    Y: [
      'amounts',
      [stripeCharges, 'sends the smallest unit of %s'],
      [invoices, 'Y: sends a currency without parts as it is'],
    ],
  };

const root = join(import.meta.dirname, '..');

describe('kinds of faults of products that charge', () => {
  it('are twenty-five, from A to Y', () => {
    expect(Object.keys(faults).join('')).toBe('ABCDEFGHIJKLMNOPQRSTUVWXY');
  });

  it.each(Object.entries(faults))('%s has the tests that the table names', (_, [, ...tests]) => {
    const missing = tests.filter(([file, words]) => !readFileSync(join(root, file), 'utf8').includes(words));
    expect(missing).toEqual([]);
  });
});
