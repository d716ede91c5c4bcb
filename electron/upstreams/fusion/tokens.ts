import { ETH, USDC, WETH, type TokenList } from '../kit/tokens.ts'

/**
 * The test networks that the documentation names. Sources: Circle's list of USDC contracts (testnets), the chains' own
 * lists of bridged contracts (Arbitrum Sepolia's WETH; Base Sepolia's is an OP Stack predeploy).
 */
export const FUSION_TOKENS: TokenList = {
  native: { 84532: ETH, 421614: ETH },
  byAddress: {
    84532: {
      '0x036cbd53842c5426634e7929541ec2318f3dcf7e': USDC,
      '0x4200000000000000000000000000000000000006': WETH,
    },
    421614: {
      '0x75faf114eafb1bdbe2f0316df893fd58ce46aa4d': USDC,
      '0x980b62da83eff3d4576c647993b0c1d7faf17c73': WETH,
    },
  },
}
