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
  notAsFile: (file: string, sum: string): string => `与 ${file} 不一致（${sum}）。`,
} as const;
