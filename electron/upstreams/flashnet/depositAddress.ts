import { isJsonObject, type JsonObject } from '../kit/shape.ts'
import { addressAlarm } from './gatewayFacts.ts'

const TIP_ADDRESS =
  'Tell nobody to deposit until the operator of the gateway has confirmed the new address; then write it into the setting `depositAddress`.'
const TIP_PAUSED =
  'Advisory: submissions are still taken, but withdrawals revert while the contract is paused.'

/** Watches over the address that deposits go to, and the flags that stand beside it. */
export class DepositAddressWatch {
  #expected: string | null

  /** `expected` by the settings; without one the first address that is read is expected from then on. */
  constructor(expected: string | null) {
    this.#expected = expected
  }

  /** The address that should have stood there; null when it did, or nobody knows. */
  missing(info: JsonObject): string | null {
    const found = addressIn(info)
    this.#expected ??= found
    return this.#expected === found ? null : this.#expected
  }

  /** What a person should look at, by the network info; empty when nothing. */
  notice(info: JsonObject): { reason: string; tip: string } {
    const expected = this.missing(info)
    if (expected !== null) return { reason: addressAlarm(expected, addressIn(info)), tip: TIP_ADDRESS }
    if (info['paused'] === true) return { reason: 'The gateway says that it is paused.', tip: TIP_PAUSED }
    return { reason: '', tip: '' }
  }
}

function addressIn({ spark }: JsonObject): string | null {
  const address = isJsonObject(spark) ? spark['depositAddress'] : null
  return typeof address === 'string' && address !== '' ? address : null
}
