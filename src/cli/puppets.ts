import { WECHAT_FAULTS } from '../../conversations/wechat.ts';

/** Why a way into WeChat is never started, in words for the operator; undefined for those that may be. */
export function refusedPuppet(puppet: string): string | undefined {
  return /(?:^|\/)wechaty-puppet-official-account$/.test(puppet) ? WECHAT_FAULTS.officialAccount : undefined;
}
