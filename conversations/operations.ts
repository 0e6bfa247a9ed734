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
  const title = TITLES[kind] ?? `程序记下了错误 ${kind}，请看日志。`;
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
