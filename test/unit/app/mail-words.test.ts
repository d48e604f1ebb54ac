import type { NoticeBody } from '@usagekit/server/contract';
import { expect, it } from 'vitest';
import { mailWordsOf } from '../../../server/src/app/notices/mail-words.ts';

const invoice = (type: Extract<NoticeBody['type'], `invoice.${string}`>, amount: string, currency: string) =>
  mailWordsOf(
    {
      type,
      data: {
        accountId: 'acme',
        invoiceId: 'invoice-1',
        number: 'INV-7',
        amountDue: { amount, currency },
        reason: 'Insufficient funds',
        nextChargeAt: '2026-07-04T00:00:00.000Z',
        actionUrl: 'https://pay.example.com/1',
      },
    } as NoticeBody,
    'Acme Ltd',
  );

it.each([
  ['30', 'USD'],
  ['30', 'CAD'],
  ['80', 'JPY'],
  ['1.234', 'KWD'],
])(
  "T: tells amounts by their currency's code, which no sign of two countries does: %s %s",
  (amount, currency) => {
    const types = ['payment_failed', 'past_due', 'action_needed', 'retries_exhausted'] as const;
    for (const type of types) {
      const { subject, text } = invoice(`invoice.${type}`, amount, currency);
      expect(subject).toContain('INV-7');
      expect(text).toContain(`${amount} ${currency} of invoice INV-7`);
      expect(text).not.toMatch(/[$¥€£]/);
      expect(text).toContain('Account: Acme Ltd');
    }
  },
);

it('T, C1: tells a balance of money as money, and one of credits as credits', () => {
  const words = (type: 'credits.low' | 'credits.out', unit: string, available: string) =>
    mailWordsOf({ type, data: { accountId: 'acme', unit, available } } as NoticeBody, 'Acme Ltd');
  expect(words('credits.low', 'USD', '4.5')).toEqual({
    subject: 'The balance is low',
    text: 'Available: 4.5 USD.\n\nAccount: Acme Ltd',
  });
  expect(words('credits.out', 'USD', '0').subject).toBe('The balance is used up');
  expect(words('credits.low', 'credits', '12')).toEqual({
    subject: 'Credits are low',
    text: 'Available: 12 credits.\n\nAccount: Acme Ltd',
  });
  expect(words('credits.low', 'credits', '1').text).toMatch(/^Available: 1 credit\.$/m);
});
