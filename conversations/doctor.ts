/** What the check of an installation tells its operator; the fault itself follows in the words of the program. */
export const DOCTOR = {
  usage: '用法：npm run -s doctor [-- --data 目录]',
  badArguments: '参数有误。',
  ok: (what: string): string => `正常  ${what}`,
  wrong: (what: string, fault: string): string => `有误  ${what}\n      ${fault}`,
  config: (channels: readonly string[]): string =>
    `配置：${channels.length === 0 ? '没有配置渠道，将在终端里对话' : `已配置 ${channels.join('、')}`}`,
  configWrong: '配置：环境变量不对，请改正后再启动',
  data: (dir: string, programmes: readonly string[]): string => `数据：${dir}，${programmes.join('、')}，全部检查通过`,
  dataWrong: (dir: string): string => `数据：${dir} 里的文件有错，改正之前不会启动`,
  databaseFresh: '存储：PostgreSQL（DATABASE_URL）可以使用，数据表还没有或要更新，启动时会自动处理',
  databaseReady: '存储：PostgreSQL（DATABASE_URL）可以使用',
  databaseWrong: '存储：PostgreSQL（DATABASE_URL）不能使用',
  databaseMoving: '搬迁还没有完成，请再运行一次原来的 store migrate 或 import。',
  storeFresh: (dir: string): string => `存储：${dir} 还不存在，启动时会创建`,
  storeReady: (dir: string): string => `存储：${dir} 可以读写`,
  storeInUse: (dir: string, pid: number): string =>
    `存储：${dir} 可以读写，正由进程 ${String(pid)} 使用（助手正在运行）`,
  storeWrong: (dir: string): string => `存储：${dir} 不能使用，请检查路径和权限`,
  allGood: '一切正常。',
  someWrong: '请先改正上面标为“有误”的各项。',
} as const;
