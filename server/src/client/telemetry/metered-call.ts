import type { Dimensions, ModelItem } from '../../contract/gate/gate.ts';
import type { UsageKitClient } from '../create-usagekit-client.ts';
import type { Refused } from '../refused.ts';

/** The gate did not let a model be asked. Pass `refused` to `toHostResponse`. */
export class ModelRefusedError extends Error {
  override readonly name = 'ModelRefusedError';
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.refusal.message);
    this.refused = refused;
  }
}

/** The account and member of a request to a model. */
export interface MeterOptions extends Dimensions {
  /** The client; only its holds are used. */
  usage: Pick<UsageKitClient, 'createHold' | 'settleHold' | 'releaseHold'>;
  /** The account that pays. */
  accountId: string;
  /** The provider's id in the catalog; the model's own by default. */
  provider?: string;
  /** The model's id in the catalog; the model's own by default. */
  model?: string;
  /** The service tier that is asked for, as the catalog's price names it, such as `batch` or `priority`. */
  serviceTier?: string;
  /** Told where a call was answered and could not be settled. The hold then ends by itself. */
  onError?: (error: unknown) => void;
}

/** A request to a model whose cost is set aside. It is ended once, whatever comes first. */
export interface MeteredCall {
  /** Charges the actual use. */
  settle(item: ModelItem): Promise<void>;
  /** Gives everything back. */
  release(): Promise<void>;
}

/**
 * Sets the estimate aside before a model is asked.
 * @throws ModelRefusedError, UsageKitApiError
 */
export async function beginCall(options: MeterOptions, estimate: ModelItem): Promise<MeteredCall> {
  const { usage, accountId, onError = () => undefined, provider: _, ...others } = options;
  const { model: _model, serviceTier: _tier, ...dimensions } = others;
  const answer = await usage.createHold({ accountId, ...dimensions, items: [estimate] });
  if (!answer.allowed) throw new ModelRefusedError(answer);
  const holdId = answer.hold.id;
  let ended = false;

  /** The caller's answer stands: a failure to settle is reported and not thrown. */
  async function end(call: () => Promise<unknown>): Promise<void> {
    if (ended) return;
    ended = true;
    try {
      await call();
    } catch (error) {
      onError(error);
    }
  }

  return {
    settle: (item) => end(() => usage.settleHold(holdId, { accountId, items: [item] })),
    release: () => end(() => usage.releaseHold(holdId, accountId)),
  };
}
