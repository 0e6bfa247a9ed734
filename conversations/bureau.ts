/** The bureau command: how it is used, and what is wrong with a request. */
export const BUREAU_USAGE = `用法：npm run -s bureau -- 动作
  invite --city 太原市 | --province [--programme ID]   生成邀请码
  staff                                    工作人员
  revoke 聊天                              撤销身份（聊天见 staff）
  enterprises [--city 市]                  同意共享的企业
  import 文件                              导入企业名单（.xlsx 或 .csv：企业名称、市、联系人、电话）
  export 文件 [--city 市] [--csv]          导出各企业的状态
  broadcasts                               群发记录
  pause ID | resume ID | cancel ID         暂停、继续、取消群发
  questions [--clear]                      没答好的问题
  audit [--limit 条数]                     操作记录
  --state 目录   数据目录；不写为 STATE_DIR，默认 ./state`;

export const OPERATOR_FAULTS = {
  'no-city': (on: string) => `数据里没有“${on}”这个市。`,
  'no-programme': () => '请用 --programme 写明政策的编号。',
  'no-staff': (on: string) => `${on} 现在不是工作人员。`,
  'not-found': (on: string) => `没有编号为 ${on} 的群发。`,
  'not-now': (on: string) => `群发 ${on} 现在的状态不能这样操作。`,
  'no-rows': () => '文件里没有企业。',
} as const;

export const BUREAU_FAULTS = {
  arguments: (verb: string) =>
    verb === ''
      ? '缺少动作，可以是 invite、staff、revoke、enterprises、import、export、broadcasts、pause、resume、cancel、questions、audit。'
      : `${verb} 的参数不对，用 --help 看用法。`,
  verb: (verb: string) => `没有“${verb}”这个动作，用 --help 看用法。`,
  unreadable: (file: string) => `文件 ${file} 不存在或不能读取。`,
  unwritable: (file: string) => `文件 ${file} 不能写入。`,
  columns: (file: string) => `文件 ${file} 要有“企业名称”和“市”两列。`,
  row: (line: number) => `第${String(line)}行缺少企业名称或市。`,
  busy: () => '助手正在运行，但没有回应，请稍后再试。',
} as const;

/** The columns of a list of firms, with other words for them. */
export const ROSTER_COLUMNS = {
  name: ['企业名称', '单位名称', '公司名称', '名称'],
  city: ['市', '所在市', '城市', '地市'],
  contact: ['联系人', '联系人姓名'],
  phone: ['电话', '联系电话', '手机', '手机号'],
} as const;

/** The head of an exported sheet. */
export const EXPORT_HEAD = ['企业名称', '市', '进度', '还缺材料', '是否可发消息', '联系人', '电话'] as const;

export const YES_NO = { yes: '是', no: '否（请打电话）' } as const;
