import { ActivityLog, AutoTopUp, PlanComparison, useCatalog, useCreditBalance } from '@usagekit/react';
import type { CreditPack, Money } from '@usagekit/server/contract';
import { formatCredits } from '../format-credits.ts';
import { formatMoney } from '../format-money.ts';
import { openPurchase } from '../use-purchase-address.ts';

/** Packs that an owner can buy, and the plans side by side. */
export function PlansPage() {
  const { data: catalog } = useCatalog();
  const { data: credits } = useCreditBalance();
  if (!catalog) return <h1>Plans and credits</h1>;
  return (
    <div className="plans">
      <h1>Plans and credits</h1>
      <section>
        <h2>Credit packs</h2>
        <p className="lead">
          {credits?.canPurchase
            ? 'Bought credits come after the plan’s own and do not expire on a paid plan.'
            : 'The research lead owns this account and can buy credits.'}
        </p>
        <ul className="cards">
          {catalog.creditPacks.map((pack) => (
            <Pack key={pack.id} pack={pack} canPurchase={credits?.canPurchase ?? false} />
          ))}
        </ul>
      </section>
      {credits?.canPurchase && (
        <div className="plans-widgets">
          <AutoTopUp onBuyCredits={() => openPurchase()} />
          <ActivityLog />
        </div>
      )}
      <PlanComparison />
    </div>
  );
}

interface PackProps {
  pack: CreditPack;
  canPurchase: boolean;
}

function Pack({ pack, canPurchase }: PackProps) {
  const bonus = Number(pack.bonus);
  return (
    <li className="card">
      <h3>
        {pack.label} {bonus > 0 && <span className="tag">+{formatCredits(pack.bonus)} bonus</span>}
      </h3>
      {pack.price && <p className="card-note">{formatMoney(perThousand(pack, pack.price))} per 1,000</p>}
      {canPurchase && pack.price && (
        <button type="button" className="button" onClick={() => openPurchase(pack.id)}>
          Buy for {formatMoney(pack.price)}
        </button>
      )}
    </li>
  );
}

/** What a thousand credits of the pack cost, bonus included. */
function perThousand({ credits, bonus }: CreditPack, { amount, currency }: Money): Money {
  const price = (1_000 * Number(amount)) / (Number(credits) + Number(bonus));
  return { amount: price.toFixed(2), currency };
}
