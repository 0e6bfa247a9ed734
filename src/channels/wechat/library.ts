import type { WechatyBuilder } from 'wechaty';
import type { impls, PuppetOptions } from 'wechaty-puppet';
import { codeOf } from './bounded.ts';
import type { Bot, BotEvents, OpenBot } from './puppet.ts';

/** Why the channel cannot be started: something for the operator to put right. */
export class WechatFault extends Error {
  readonly what: 'package' | 'puppet';
  /** The name of the package, or the code of an error. */
  readonly detail: string;
  constructor(what: WechatFault['what'], detail: string) {
    super(`wechat cannot be started: ${what} (${detail})`);
    this.name = 'WechatFault';
    this.what = what;
    this.detail = detail;
  }
}

/** Options of the service puppet that go beyond those of all puppets. */
interface ServiceOptions extends PuppetOptions {
  readonly tls?: { readonly disable?: boolean };
}

export interface LibraryOptions {
  /** The npm name of the puppet, or one that was made already. */
  readonly puppet: string | impls.PuppetInterface;
  readonly puppetOptions?: ServiceOptions;
  /** The file in which the library keeps the login, so that a restart needs no new scan; without its extension. */
  readonly card: string;
}

type Wechaty = ReturnType<typeof WechatyBuilder.build>;
type Emitter = Pick<Wechaty['puppet'], 'on'>;

/**
 * Sessions made by wechaty, which is loaded here and nowhere else. Its own log is silenced: at its verbose levels it
 * prints messages. @throws WechatFault when the puppet is not installed or cannot be made.
 */
export function wechatyBots({ puppet, puppetOptions, card }: LibraryOptions): OpenBot {
  return async (events) => {
    const { WechatyBuilder: builder, log } = await import('wechaty');
    log.level('silent');
    log.enableLogging(false);
    const bot = builder.build({
      name: card,
      // Any puppet will do; the library's type lists the official ones only.
      puppet: puppet as 'wechaty-puppet-service' | impls.PuppetInterface,
      ...(puppetOptions && { puppetOptions }),
    });
    // Without a listener, an error of the library would end the process.
    bot.on('error', (error) => events.error(codeOf(error)));
    try {
      await bot.init();
    } catch (error) {
      const isMissing = error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND';
      throw isMissing ? new WechatFault('package', String(puppet)) : new WechatFault('puppet', codeOf(error));
    }
    keepNothingOnDisk(bot.puppet);
    listen(bot.puppet, events);
    return botOf(bot);
  };
}

/**
 * The service puppet writes everybody's names and numbers to a database below the home directory, and a second login in
 * one process, or another process on it, ends this one: the lock of the database fails outside of every call. Its cache
 * in memory is enough.
 */
function keepNothingOnDisk(puppet: object): void {
  const store: unknown = Reflect.get(puppet, '_payloadStore');
  if (typeof store === 'object' && store !== null) Reflect.set(store, 'start', async () => undefined);
}

/**
 * The puppet's own events, not the library's: those come only after its objects have been filled, and a message whose
 * payload could not be had at once would be lost with a line in the log.
 */
function listen(puppet: Emitter, events: BotEvents): void {
  puppet.on('scan', ({ qrcode = '' }) => {
    if (qrcode !== '') events.scan(qrcode);
  });
  puppet.on('login', () => events.login());
  puppet.on('logout', () => events.logout());
  puppet.on('message', ({ messageId }) => events.message(messageId));
  puppet.on('friendship', ({ friendshipId }) => events.friendship(friendshipId));
  puppet.on('dong', ({ data = '' }) => events.dong(data));
}

function botOf(bot: Wechaty): Bot {
  return { puppet: bot.puppet, start: () => bot.start(), stop: () => bot.stop() };
}
