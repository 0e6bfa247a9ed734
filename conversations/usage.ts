/** How the quick check is used. */
export const CHECK_USAGE = `用法：npm run -s check -- [文件] [--program ID] [--now 时间] [--json]
      npm run -s check -- --jsonl        每行一个对象，逐行输出结果

文件是 JSON 或 YAML：{"id", "program", "now", "facts"}；只写 facts 的内容时，用 --program 指明政策。
  --program ID   政策，如文件里没有写
  --now 时间     按哪一刻判断，须带时区，如 2026-07-01T10:00:00+08:00；不写为现在
  --json         输出 JSON，而不是报告
  --data 目录    用另一个数据目录
没有文件、想一问一答地自测：npm run -s chat`;

/** How the store command is used. */
export const STORE_USAGE = `用法：npm run -s store -- export 文件     导出全部数据，文件只有本人可读
      npm run -s store -- import 文件     导入到空的目录或数据库
      npm run -s store -- migrate         从 STATE_DIR 搬到 DATABASE_URL；中断后再运行一次即可接着搬
      npm run -s store -- verify [文件]   逐份检查；写了文件时与它比较
      npm run -s store -- retention [--dry-run]   现在就按 data/operations.yaml 的期限清理；--dry-run 只看会删什么
  --state 目录   数据目录；不写为 STATE_DIR，默认 ./state

设置了 DATABASE_URL 时，export、import、verify、retention 针对数据库，否则针对数据目录。
使用数据目录时先停止助手；导入和搬迁时，不要在目标上启动助手。`;
