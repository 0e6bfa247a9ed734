/** What an operator is told by an alarm; no word of any message, only what happened and what to do. */

interface Told {
  readonly kind: string;
  readonly count: number;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

const TITLES: Readonly<Record<string, string>> = {
  refused: '有消息被平台拒收，不会再发。',
  'gave-up': '有消息多次没发出去，已放弃。',
  'channel-held': '平台要求整个账号暂停发送，到时会自动继续。',
  'channel-down': '通道断开，消息先存着，恢复后再发。',
  'channel-failed': '接手通道时没能启动，会继续重试。',
  'queue-old': '有回复等了太久还没发出去。',
  'store-unreachable': '存储没有响应，新消息可能存不下来。',
  'store-not-saving': '有消息没能存下来，请检查磁盘空间和数据库。',
};

/** What a line of the log about the data means and what to do, for those that somebody has to act on. */
export const STORE_NOTES: Readonly<Record<string, string>> = {
  'store.tail-cut':
    '数据文件的末尾没写完整（通常因断电或崩溃），已另存到 quarantine 目录并截去；已确认保存的内容都在。',
  'store.segment-short': '数据文件比上次正常退出时短，缺的内容已经读不到；请检查磁盘，用最近的备份恢复。',
  'store.quarantined': '有一处数据损坏，读不懂的部分已另存到 quarantine 目录，请人工查看；其余数据照常使用。',
  'store.quarantine-failed': '有一处数据损坏，而且没能另存到 quarantine 目录；请检查磁盘空间和权限。',
  'store.older-version-used': '有一个对话最新的内容损坏，已改用它上一次保存的内容；请检查磁盘。',
  'store.write-failed': '数据没能写进磁盘，对方已被告知没有保存；请检查磁盘空间和磁盘。',
  'store.lock-lost': '数据目录被另一个进程接管，本进程不再写入；请停掉其中一个。',
  'store.faulty': '数据库里有一份内容读不懂，已单独标出，其余照常使用；请看这一行的 fault 列。',
};

const LABELS: Readonly<Record<string, string>> = {
  channel: '通道',
  source: '来源',
  reason: '原因',
  ms: '毫秒',
  seconds: '秒',
  trouble: '情况',
};

/** One alarm in a few lines. */
export function alarmText({ kind, count, fields }: Told): string {
  const title = TITLES[kind] ?? STORE_NOTES[kind] ?? `程序记下了错误 ${kind}，请看日志。`;
  const details = Object.entries(fields)
    .filter(([name]) => LABELS[name] !== undefined)
    .map(([name, value]) => `${LABELS[name] ?? name} ${String(value)}`);
  const lines = [`【告警】${title}`, ...(details.length > 0 ? [details.join('，')] : [])];
  return count > 1 ? [...lines, `这段时间共 ${count} 次。`].join('\n') : lines.join('\n');
}

/** Why a start ends because of the settings for operation. */
export const OPERATIONS_FAULTS = {
  operatorChat: (channel: string) => `OPERATOR_CHAT 里的通道 ${channel} 没有配置，告警发不过去。`,
} as const;
