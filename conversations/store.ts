/** What is removed when it is too old, in the order in which it is told. */
const REMOVED: Readonly<Record<string, string>> = {
  chats: '很久没有消息的聊天',
  empty_chats: '空的聊天',
  handled: '聊天里旧的消息编号',
  ledger: '聊天里旧的发送记录',
  invites: '过期的邀请码',
  staff: '已收回的工作人员身份',
  misses: '输错邀请码的记录',
  audiences: '已结束群发的接收名单',
  pages: '接收名单的分页',
  broadcasts: '很久以前的群发',
  audit: '操作记录',
  questions: '没答上的问题',
};

/** What the store command tells the operator. `sum` is a number of documents and their hash. */
export const STORE = {
  badArguments: '参数有误。',
  sum: (count: number, sha256: string): string => `${count} 份，校验 ${sha256.slice(0, 16)}`,
  progress: (count: number): string => `已处理 ${count} 份`,
  nothingThere: (place: string): string => `${place} 不存在，没有数据可读。`,
  fileThere: (file: string): string => `${file} 已经存在，请换一个文件名，或先移走它。`,
  exported: (place: string, file: string, sum: string): string => `已导出：${place} → ${file}，${sum}。`,
  fileTorn: (file: string, line: number): string => `${file} 第 ${line} 行不完整或被改动过，没有导入。`,
  targetInUse: (place: string): string => `${place} 里已有数据，不与别的数据混在一起；请换一个空的目录或数据库。`,
  noDatabase: '没有设置 DATABASE_URL，不知道搬到哪个数据库。',
  going: '接着上次没有完成的地方继续。',
  moved: (from: string, to: string, sum: string): string => `完成：${from} → ${to}，${sum}，两边一致。`,
  different: (from: string, to: string): string =>
    `两边不一致（来源 ${from}；目标 ${to}），没有启用目标，请重新运行一次。`,
  verified: (place: string, sum: string): string => `${place}：${sum}。`,
  unreadable: (keys: readonly string[]): string => `有 ${keys.length} 份不能读懂：${keys.slice(0, 20).join('、')}`,
  marksWrong: (count: number): string => `有 ${count} 份的待发标记与内容不符。`,
  sameAsFile: (file: string): string => `与 ${file} 一致。`,
  retained: (counts: Readonly<Record<string, number>>, applied: boolean): string => {
    const lines = Object.entries(REMOVED).flatMap(([what, label]) => {
      const count = counts[what] ?? 0;
      return count === 0 ? [] : `  ${label}：${count}`;
    });
    if (lines.length === 0) return '没有到期该删除的内容。';
    return [applied ? '已删除到期的内容：' : '到期、会被删除的内容（这次没有删除）：', ...lines].join('\n');
  },
  retainedElsewhere: '另一个进程正在清理，这次没有做。',
  notAsFile: (file: string, sum: string): string => `与 ${file} 不一致（${sum}）。`,
} as const;
