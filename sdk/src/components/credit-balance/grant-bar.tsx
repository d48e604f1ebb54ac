'use client';
import type { Credits, Grant } from '@usagekit/server/contract';
import { useState } from 'react';
import { sumDecimals, toMillionths } from '../../derive/decimal.ts';
import { signOf } from '../../derive/sign-of.ts';
import { columnDecimals } from '../../format/column-decimals.ts';
import type { Format } from '../../format/create-format.ts';
import { useFormat } from '../../format/use-format.ts';
import { commonControlsMessages } from '../../messages/common/common-controls.ts';
import { creditBalanceMessages } from '../../messages/credits/credit-balance.ts';
import { grantsMessages } from '../../messages/credits/grants.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { LinkButton } from '../parts/controls/link-button.tsx';
import { usePartClass } from '../parts/widget/as-widget.tsx';
import { Amount } from '../parts/words/amount.tsx';
import { unbroken } from '../parts/words/unbroken.ts';
import { grantName } from './grant-name.ts';

export interface GrantBarProps {
  /** Live grants in the order in which they are used. */
  grants: Credits['grants'];
  /** When the server read the figures. */
  asOf: Credits['asOf'];
  /** Writes figures and dates as the reader's language does. */
  format?: Format | undefined;
  /** Grants listed before the rest is folded away; 4 by default. */
  listedMax?: number | undefined;
}

/** Shades from strong to faint: what goes first stands out, and all that comes late looks alike. */
const shades = 4;

const shadeOf = (place: number) => Math.min(place + 1, shades);

/**
 * The remaining amount of each grant in burn order, as one bar and as a list. Renders an `svg`, which assistive technology
 * ignores, and an ordered list with the same content in words. Reads messages.
 */
export function GrantBar({ grants, asOf, format: given, listedMax = 4 }: GrantBarProps) {
  const own = useFormat();
  const format = given ?? own;
  const messages = useMessages('creditBalance', creditBalanceMessages);
  const names = useMessages('grants', grantsMessages);
  const common = useMessages('common', commonControlsMessages);
  const [unfolded, setUnfolded] = useState(false);
  const spendable = grants.filter((grant) => signOf(grant.remaining) > 0);
  if (spendable.length === 0) return null;
  const decimals = columnDecimals(spendable.map(({ remaining }) => remaining));
  const foldable = spendable.length > listedMax + 1;
  const listed = foldable && !unfolded ? spendable.slice(0, listedMax) : spendable;
  return (
    <div className="uk-grants">
      <GrantSegments grants={spendable} />
      <ol className="uk-list uk-grant-list" aria-label={messages.grants}>
        {listed.map((grant, place) => (
          <li key={grant.id} className="uk-grant">
            <span className="uk-dot" data-shade={shadeOf(place)} />
            <span className="uk-grant-label" dir="auto">
              {grantName(grant, names)}
            </span>
            <span className="uk-caption uk-grant-until">
              {grant.expiresAt
                ? unbroken(messages.grantExpires(format.date(grant.expiresAt, asOf)))
                : messages.grantNeverExpires}
            </span>
            <Amount className="uk-end" value={format.figure(grant.remaining, grant.unit, decimals)} />
          </li>
        ))}
      </ol>
      {foldable && (
        <LinkButton data-muted aria-expanded={unfolded} onClick={() => setUnfolded(!unfolded)}>
          {unfolded ? common.fewer : common.more(format.number(spendable.length - listedMax))}
        </LinkButton>
      )}
    </div>
  );
}

function GrantSegments({ grants }: { grants: Grant[] }) {
  const partClass = usePartClass();
  const whole = Number(toMillionths(sumDecimals(grants.map((grant) => grant.remaining))));
  let start = 0;
  return (
    <svg className={partClass('bar', 'uk-grant-bar')} width="100%" height="10" aria-hidden="true">
      {grants.map((grant, place) => {
        const length = (Number(toMillionths(grant.remaining)) / whole) * 100;
        const x = start;
        start += length;
        return (
          <g key={grant.id} data-shade={shadeOf(place)}>
            <rect className="uk-grant-segment" x={`${x}%`} width={`${length}%`} height="100%" />
            {place > 0 && <rect className="uk-bar-mark" x={`${x}%`} width="2" height="100%" />}
          </g>
        );
      })}
    </svg>
  );
}
