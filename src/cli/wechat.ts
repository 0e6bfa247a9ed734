import { join } from 'node:path';
import type { ChatDoc } from '../app/chatdoc.ts';
import { startWechat, type WechatPace } from '../channels/wechat/channel.ts';
import type { EarlierChat } from '../channels/wechat/door.ts';
import { WechatFault, wechatyBots } from '../channels/wechat/library.ts';
import { peopleCodec, WECHAT } from '../channels/wechat/people.ts';
import type { ChannelKind } from '../content/channels.ts';
import { kindOf, reachLimitsOf, windowRulesOf } from '../content/limits.ts';
import { openWindow } from '../outreach/reach-window.ts';
import { lowdbStore } from '../stores/lowdb.ts';
import { WECHAT_FAULTS, WECHAT_WORDS, wechatRisk } from '../../conversations/wechat.ts';
import type { ChannelContext, RunningChannel } from './channel.ts';
import { StartFault } from './faults.ts';

/** Of the directory of the state: what is known of people beyond a login, and the login itself. */
const PLACE = 'wechat';

/** Starts the WeChat channel. @throws StartFault when the puppet cannot be started; StoreLocked; the system's error. */
export async function openWechat({ config, composed, announce, state }: ChannelContext): Promise<RunningChannel> {
  const { wechat, stateDir } = config;
  if (!wechat) throw new Error('wechat is not configured');
  const { assistant, channelFile, chatDoc, dispatcher, log } = composed;
  const file = channelFile(WECHAT);
  const kind = file && kindOf(file, wechat.puppet);
  if (!kind) throw new Error(`there are no limits for ${wechat.puppet}`);
  const dir = join(stateDir, PLACE);
  const people = await lowdbStore({ dir, codec: peopleCodec, log });
  const { default: qrcode } = await import('qrcode-terminal');
  announce(wechatRisk(kind.name, kind.per_day));
  try {
    const running = await startWechat({
      ...{ assistant, dispatcher, people, log, announce },
      words: WECHAT_WORDS,
      pace: paceOf(kind),
      now: Date.now,
      open: wechatyBots({
        puppet: wechat.puppet,
        ...(wechat.serviceToken !== undefined && { puppetOptions: { token: wechat.serviceToken } }),
        card: join(dir, 'login'),
      }),
      earlier: async (chat) => earlierOf(await chatDoc(chat)),
      picture(code) {
        let picture = '';
        qrcode.generate(code, { small: true }, (drawn) => {
          picture = drawn;
        });
        return picture;
      },
      alarm(trouble) {
        state(trouble === undefined ? 'online' : 'offline', trouble);
        if (trouble !== undefined) log.error('wechat.alarm', { trouble });
      },
    });
    return {
      async stop() {
        await running.stop();
        await people.close();
      },
    };
  } catch (error) {
    await people.close();
    if (!(error instanceof WechatFault)) throw error;
    throw new StartFault(WECHAT_FAULTS[error.what](error.detail));
  }
}

function paceOf(kind: ChannelKind): WechatPace {
  const rules = windowRulesOf(kind);
  return {
    reach: reachLimitsOf(kind),
    ...(rules && { windowOf: (acts, sent, now) => openWindow(acts, sent, rules, now) }),
    asidesPerMinute: kind.asides_per_minute,
    friendGapMs: kind.friend_gap_ms,
    partGapMs: kind.part_gap_ms,
  };
}

/** By what somebody can show that a conversation is theirs; undefined when nothing was said in it. */
function earlierOf(doc: ChatDoc | undefined): EarlierChat | undefined {
  const enterprises = doc?.state.enterprises ?? [];
  const kept = enterprises.filter(({ dossiers, name, city }) => name ?? city ?? Object.keys(dossiers)[0]);
  if (kept.length === 0) return undefined;
  return { names: kept.flatMap(({ name }) => name ?? []), cities: kept.flatMap(({ city }) => city ?? []) };
}
