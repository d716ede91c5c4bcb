/** Where the contracts of an error are, by their names. */
export type ErrorSource = 'SparkGateway' | 'Conductor' | 'Solidity'

/** An error that a contract of the gateway can revert with. */
export interface KnownError {
  source: ErrorSource
  /** As Solidity writes it: `FeeRateTooHigh(uint16,uint16)`. */
  signature: string
}

// github.com/flashnetxyz/ts-sdk src/execution/revert-reason.ts; each selector is the head of the signature's keccak-256.
const SPARK_GATEWAY: Record<string, string> = {
  '0x1f2a2005': 'ZeroAmount()',
  '0xaac3845a': 'TransferAlreadyUsed()',
  '0x15a108b9': 'InvalidRecipientLength()',
  '0xf0471c88': 'UnregisteredToken()',
  '0x1eb00b06': 'InvalidTokenAddress()',
  '0x2c54a94e': 'SubSatWithdrawal()',
  '0x4fd61b0e': 'SubSatDeposit()',
  '0xce8c1048': 'OnlyDepositor()',
  '0x5fc483c5': 'OnlyOwner()',
  '0x65c23aa0': 'EmptyDepositors()',
}

const CONDUCTOR: Record<string, string> = {
  '0x6e8f1947': 'TokensNotSorted()',
  '0x03119322': 'PoolAlreadyExists()',
  '0xd92e233d': 'ZeroAddress()',
  '0xd4446472': 'InsufficientBTCValue()',
  '0x91005e4d': 'WBTCNotInPair()',
  '0x9eade0e1': 'WBTCNotSet()',
  '0xf60ca03b': 'SwapRouterNotSet()',
  '0x88dd1ae0': 'SparkGatewayNotSet()',
  '0x8d7584ad': 'BTCDustRefundFailed()',
  '0x990965c1': 'ZeroAmountIn()',
  '0x936bb5ad': 'TokenMismatch()',
  '0x4184a38a': 'BTCRefundFailed()',
  '0x3562a243': 'Permit2TokenMismatch()',
  '0x9d2afe1d': 'Permit2PairMismatch()',
  '0x5d7eb086': 'WBTCNotInPosition()',
  '0x10074548': 'ZeroLiquidity()',
  '0x70d645e3': 'NotPositionOwner()',
  '0x9eab780e': 'FeeRateTooHigh(uint16,uint16)',
  '0x2936ea68': 'InvalidHostFeeSplit()',
  '0x9a1ce7a4': 'NoFeeBalance()',
  '0x8199f5f3': 'SlippageExceeded()',
  '0xbc3088ef': 'DeadlineExpired(uint256)',
  '0xde1965d6': 'ProtocolTreasuryNotSet()',
  '0x290645a2': 'InvalidIntegrator()',
  '0xe9635f54': 'NoHostRecipient()',
}

const SOLIDITY: Record<string, string> = {
  '0x08c379a0': 'Error(string)',
  '0x4e487b71': 'Panic(uint256)',
}

/** The known errors by selector, `0x` and 8 hex digits in lower case. */
export const KNOWN_ERRORS: ReadonlyMap<string, KnownError> = new Map([
  ...entries('SparkGateway', SPARK_GATEWAY),
  ...entries('Conductor', CONDUCTOR),
  ...entries('Solidity', SOLIDITY),
])

/** What the code of a `Panic(uint256)` means (docs.soliditylang.org, control structures). */
export const PANICS: ReadonlyMap<bigint, string> = new Map([
  [0x00n, 'a panic that the compiler inserted'],
  [0x01n, 'an assertion failed'],
  [0x11n, 'arithmetic overflow or underflow'],
  [0x12n, 'division by zero'],
  [0x21n, 'a value outside its enumeration'],
  [0x22n, 'a badly encoded byte array in storage'],
  [0x31n, 'pop on an empty array'],
  [0x32n, 'an index beyond the end of an array'],
  [0x41n, 'too much memory, or an array too large'],
  [0x51n, 'a call of a function that was never set'],
])

function entries(source: ErrorSource, errors: Record<string, string>): [string, KnownError][] {
  return Object.entries(errors).map(([selector, signature]) => [selector, { source, signature }])
}
