import type { Reply } from '../src/dialogue/index.ts';

/** Said when the assistant itself has failed at a message; the chat stays as it was. */
export const BROKEN: Reply = { text: '这句话我没处理好，已经记下。请换个说法，或回“菜单”。' };

/** Said when a message could not be saved; nothing was taken from it. */
export const UNSAVED: Reply = { text: '没能保存，这条消息没有算数，请稍后再发一次。' };

/** The bureau command asked for before it can do anything. */
export const BUREAU_NOT_YET = '科技局工作人员的命令还不支持。';

/** A database is configured, and this release keeps its data in a directory only. */
export const DATABASE_NOT_YET = 'DATABASE_URL 还不支持，请去掉它，数据存放在 STATE_DIR。';

/** Channels that are configured and that this release does not have. */
export function channelsNotYet(names: readonly string[]): string {
  return `${names.join('、')} 还不支持，请去掉它的配置。`;
}

/** How the chat command is used. */
export const CHAT_USAGE = `用法：npm run -s chat [-- --jsonl] [--state 目录]
  不加 --jsonl   在终端里聊天
  --jsonl        每行一个 JSON 对象，逐行输出结果
  --state 目录   数据目录；不写为 STATE_DIR，默认 ./state`;
