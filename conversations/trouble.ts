import type { Reply } from '../src/dialogue/index.ts';

/** Said when the assistant itself has failed at a message; the chat stays as it was. */
export const BROKEN: Reply = { text: '这句话我没处理好，已经记下。请换个说法，或回“菜单”。' };

/** Said when a message could not be saved; nothing was taken from it. */
export const UNSAVED: Reply = { text: '没能保存，这条消息没有算数，请稍后再发一次。' };

/** What is wrong with the directory of the data. */
export const STORE_TROUBLE = {
  full: (dir: string) => `磁盘已满，数据目录 ${dir} 打不开；请腾出空间后重新启动，已保存的数据不受影响。`,
  disk: (dir: string) => `磁盘读写出错，数据目录 ${dir} 打不开；请检查磁盘，先不要改动目录里的文件。`,
  permission: (dir: string) => `没有权限读写数据目录 ${dir}；请改正它的属主和权限，或换一个 STATE_DIR。`,
  place: (dir: string) => `${dir} 不能作数据目录，路径上有同名的文件；请换一个 STATE_DIR。`,
  busy: (dir: string) => `系统可打开的文件数不够，数据目录 ${dir} 打不开；请调高上限（ulimit -n）后重新启动。`,
  newer: (dir: string) => `数据目录 ${dir} 已由更新的版本使用，请升级本程序。`,
  failed: (dir: string) => `数据目录 ${dir} 打不开；请检查目录和磁盘。`,
} as const;

/** What is wrong with the database named by DATABASE_URL; `place` is host, port and name, never the password. */
export const DATABASE_TROUBLE = {
  address: () =>
    'DATABASE_URL 写得不对，应形如 postgres://用户:密码@主机:5432/库名（密码里的特殊字符要用百分号编码）。',
  unreachable: (place: string) => `连不上数据库 ${place}（DATABASE_URL），请检查地址、端口和数据库是否在运行。`,
  login: (place: string) => `数据库 ${place} 不接受 DATABASE_URL 里的用户名或密码。`,
  'no-database': (place: string) => `数据库 ${place} 不存在，请先建库，或改正 DATABASE_URL。`,
  permission: (place: string) => `DATABASE_URL 里的用户无权在数据库 ${place} 中建表或读写。`,
  secure: (place: string) => `与数据库 ${place} 建不成加密连接，请检查 DATABASE_URL 里的 sslmode 和证书。`,
  encoding: (place: string) => `数据库 ${place} 的编码不是 UTF8，存不了中文，请另建一个 UTF8 的库。`,
  newer: (place: string) => `数据库 ${place} 已由更新的版本使用，请升级本程序。`,
  moving: (place: string) => `数据库 ${place} 的搬迁还没有完成，请再运行一次原来的 store migrate 或 import。`,
  failed: (place: string) => `数据库 ${place} 出错（DATABASE_URL）。`,
} as const;

/** Channels that are configured and that this release does not have. */
export function channelsNotYet(names: readonly string[]): string {
  return `${names.join('、')} 还不支持，请去掉它的配置。`;
}

/** How the chat command is used. */
export const CHAT_USAGE = `用法：npm run -s chat [-- --jsonl] [--state 目录]
  不加 --jsonl   在终端里聊天
  --jsonl        每行一个 JSON 对象，逐行输出结果
  --state 目录   数据目录；不写为 STATE_DIR，默认 ./state`;
