/** How the quick check is used. */
export const CHECK_USAGE = `用法：npm run -s check -- [文件] [--program ID] [--now 时间] [--json]
      npm run -s check -- --jsonl        每行一个对象，逐行输出结果

文件是 JSON 或 YAML：{"id", "program", "now", "facts"}；只写 facts 的内容时，用 --program 指明政策。
  --program ID   政策，如文件里没有写
  --now 时间     按哪一刻判断，须带时区，如 2026-07-01T10:00:00+08:00；不写为现在
  --json         输出 JSON，而不是报告
  --data 目录    用另一个数据目录
没有文件、想一问一答地自测：npm run -s chat`;
