'use client';
import type { CreditPack } from '@usagekit/server/contract';
import { useId } from 'react';
import { isAtPar, unitPrices } from '../../derive/credits/pack-price.ts';
import { signOf } from '../../derive/sign-of.ts';
import type { Format } from '../../format/create-format.ts';
import { writePrice } from '../../format/write-price.ts';
import { purchaseDialogMessages } from '../../messages/credits/purchase-dialog.ts';
import { useMessages } from '../../messages/use-messages.ts';
import { usePartClass } from '../parts/widget/as-widget.tsx';

export interface PackOptionsProps {
  packs: CreditPack[];
  /** The chosen pack's id. */
  value: string | undefined;
  onChange: (packId: string) => void;
  disabled?: boolean | undefined;
  /** True by default. */
  showsUnitPrice?: boolean | undefined;
  /** The group's name. */
  label: string;
  format: Format;
}

/**
 * Packs as cards with what they hold, their bonus, price and price a unit. Renders a `div` with a group of radio
 * buttons. Reads messages.
 */
export function PackOptions(props: PackOptionsProps) {
  const { packs, value, onChange, disabled = false, showsUnitPrice = true, label, format } = props;
  const partClass = usePartClass();
  const messages = useMessages('purchaseDialog', purchaseDialogMessages);
  const name = useId();
  const prices = packs.map(({ price }) => price);
  // Where each costs what it adds, the amounts say the prices.
  const showsPrice = packs.some((pack) => !isAtPar(pack, format.currency));
  // What a dollar of balance costs is told by what it costs more or less than a dollar.
  const units = format.currency ? [] : unitPrices(packs);
  return (
    <div className="uk-packs" role="radiogroup" aria-label={label}>
      {packs.map(({ id, credits, bonus, price }, place) => {
        const unit = units[place];
        return (
          <label key={id} className="uk-pack" data-chosen={id === value || undefined}>
            <input
              type="radio"
              className="uk-pack-input"
              name={name}
              checked={id === value}
              disabled={disabled}
              onChange={() => onChange(id)}
            />
            <span className="uk-pack-what">
              <bdi className="uk-pack-credits uk-figures">{format.amount(credits, 'credits').exact}</bdi>
              {signOf(bonus) > 0 && (
                <span className={partClass('pill', 'uk-figures')} data-tone="good">
                  <bdi className="uk-run">{messages.bonus(format.figure(bonus, 'credits').exact)}</bdi>
                </span>
              )}
            </span>
            <span className="uk-pack-cost uk-figures">
              {price && showsPrice && (
                <span className="uk-strong">
                  <bdi className="uk-run">{writePrice(price, format, prices)}</bdi>
                </span>
              )}
              {showsUnitPrice && unit && (
                <span className="uk-caption">
                  {messages.unitPrice(
                    format.money(unit.price),
                    format.amount(unit.perCredits, 'credits').exact,
                  )}
                </span>
              )}
            </span>
          </label>
        );
      })}
    </div>
  );
}
