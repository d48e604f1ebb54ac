import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dedicatedIpsName,
  entryAboutOf,
  entryWords,
  givenBack,
  grantNameOf,
  lineSubjectOf,
  memberBaselineName,
  nameOfCarried,
  nameOfLines,
  nameOfMinimum,
  nameOfPlan,
  nameOfSource,
} from '../../../../server/src/domain/stored-words/stored-names.ts';

/** A name as a catalog has it. */
const name = fc.string({ minLength: 1, maxLength: 30 }).filter((each) => each.trim() === each && each !== '');

describe('the names under which records are stored', () => {
  it('F10: are read back as the facts that they were made from, whatever a plan is called', () => {
    fc.assert(
      fc.property(name, (plan) => {
        fc.pre(!/^(Left|Minimum) of the /.test(plan));
        expect(grantNameOf('plan', nameOfPlan(plan))).toEqual({ label: null, planName: plan });
        expect(grantNameOf('plan', nameOfCarried(plan))).toEqual({
          label: null,
          planName: plan,
          carriedOver: true,
        });
        expect(lineSubjectOf(nameOfMinimum(plan))).toEqual({ subject: plan, subjectKind: 'plan' });
        expect(entryAboutOf('reset', nameOfPlan(plan))).toEqual({
          description: null,
          grantSource: 'plan',
          planName: plan,
        });
      }),
    );
  });

  it('F10: are nobody’s where nobody gave one, and the host’s own otherwise', () => {
    expect(grantNameOf('sign_up', nameOfSource('sign_up'))).toEqual({ label: null });
    expect(grantNameOf('baseline', memberBaselineName)).toEqual({ label: null });
    expect(grantNameOf('promotional', 'Launch week')).toEqual({ label: 'Launch week' });
    expect(grantNameOf('plan', 'Bonus')).toEqual({ label: 'Bonus' });
    expect(lineSubjectOf('Seats')).toEqual({ subject: 'Seats' });
    expect(lineSubjectOf(dedicatedIpsName)).toEqual({ subject: null, subjectKind: 'dedicated_ips' });
  });

  it.each([
    ['hold', entryWords.held, { description: null }],
    ['release', entryWords.settled, { description: null, holdEnd: 'settled' }],
    ['release', entryWords.released, { description: null, holdEnd: 'released' }],
    ['release', entryWords.expired, { description: null, holdEnd: 'expired' }],
    ['debt_payment', entryWords.debtPaid, { description: null }],
    ['debit', nameOfLines({ label: null, more: 0 }), { description: null }],
    ['debit', nameOfLines({ label: 'Sage', more: 0 }), { description: 'Sage' }],
    ['debit', nameOfLines({ label: 'Sage', more: 2 }), { description: 'Sage', more: 2 }],
    ['debt', nameOfLines({ label: 'Sage', more: 1 }), { description: 'Sage', more: 1 }],
    ['refund', givenBack.ofUse('Sage and 2 more'), { description: 'Sage', more: 2 }],
    ['refund', givenBack.ofTask('Report'), { description: 'Report' }],
    ['grant', nameOfSource('top_up'), { description: null, grantSource: 'top_up' }],
    ['expiry', nameOfSource('baseline'), { description: null, grantSource: 'baseline' }],
    ['grant', 'Sorry for the outage', { description: 'Sorry for the outage' }],
    ['adjustment', 'Migration', { description: 'Migration' }],
  ] as const)('F10: of an entry of the kind %s is read back: %s', (kind, stored, about) => {
    expect(entryAboutOf(kind, stored)).toEqual(about);
  });
});
