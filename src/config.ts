/** The environment, read once. Checked with plain code, so that every command can afford it. */

/** A wrong environment variable. The message is one sentence that names the variable and never repeats a secret. */
export class ConfigFault extends Error {
  readonly variable: string;
  constructor(variable: string, problem: string) {
    super(`${variable} ${problem}.`);
    this.name = 'ConfigFault';
    this.variable = variable;
  }
}

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export interface TelegramConfig {
  readonly token: string;
  readonly apiRoot: string;
  /** Undefined: updates are polled. */
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
}

export interface WechatConfig {
  readonly puppet: string;
  readonly serviceToken: string | undefined;
}

export interface Config {
  readonly stateDir: string;
  readonly databaseUrl: string | undefined;
  readonly host: string;
  /** Undefined: no HTTP server. */
  readonly port: number | undefined;
  readonly logLevel: LogLevel;
  readonly alertWebhookUrl: string | undefined;
  /** Where the operator's alarms go: a channel and a chat of it. */
  readonly operatorChat: { readonly channel: string; readonly chat: string } | undefined;
  /** Undefined: the channel is not configured. */
  readonly telegram: TelegramConfig | undefined;
  readonly wechat: WechatConfig | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and checks the configuration. An empty variable counts as not set.
 * @throws ConfigFault naming the first variable that is wrong.
 */
export function readConfig(environment: Environment): Config {
  const env = (name: string): string | undefined => {
    const value = environment[name]?.trim();
    return value === '' ? undefined : value;
  };
  const url = (name: string, protocols: readonly string[]): string | undefined => {
    const value = env(name);
    if (value !== undefined && !isUrl(value, protocols))
      throw new ConfigFault(name, `must be an address that starts with ${protocols.join('// or ')}//`);
    return value;
  };
  return {
    stateDir: env('STATE_DIR') ?? './state',
    databaseUrl: url('DATABASE_URL', ['postgres:', 'postgresql:']),
    host: hostOf(env('HOST') ?? '127.0.0.1'),
    port: portOf(env('PORT')),
    logLevel: logLevelOf(env('LOG_LEVEL') ?? 'info'),
    alertWebhookUrl: url('ALERT_WEBHOOK_URL', ['https:', 'http:']),
    operatorChat: operatorChatOf(env('OPERATOR_CHAT')),
    telegram: telegramOf(env, url),
    wechat: wechatOf(env),
  };
}

function isUrl(value: string, protocols: readonly string[]): boolean {
  return URL.canParse(value) && protocols.includes(new URL(value).protocol);
}

function hostOf(value: string): string {
  if (/^[A-Za-z0-9.:_-]+$/.test(value)) return value;
  throw new ConfigFault('HOST', 'must be a host name or an IP address');
}

function portOf(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  if (/^\d{1,5}$/.test(value) && Number(value) <= 65_535) return Number(value);
  throw new ConfigFault('PORT', 'must be a number from 0 to 65535');
}

function logLevelOf(value: string): LogLevel {
  const level = LOG_LEVELS.find((one) => one === value);
  if (level) return level;
  throw new ConfigFault('LOG_LEVEL', `must be one of ${LOG_LEVELS.join(', ')}`);
}

function operatorChatOf(value: string | undefined): Config['operatorChat'] {
  if (value === undefined) return undefined;
  const parts = /^([a-z]+):(\S+)$/.exec(value);
  if (!parts) throw new ConfigFault('OPERATOR_CHAT', 'must be written as channel:chat, such as telegram:123456789');
  return { channel: parts[1] ?? '', chat: parts[2] ?? '' };
}

type Read = (name: string) => string | undefined;

function telegramOf(
  env: Read,
  url: (name: string, protocols: readonly string[]) => string | undefined,
): Config['telegram'] {
  const token = env('TELEGRAM_BOT_TOKEN');
  const apiRoot = (url('TELEGRAM_API_ROOT', ['https:', 'http:']) ?? 'https://api.telegram.org').replace(/\/+$/, '');
  const mode = env('TELEGRAM_MODE') ?? 'polling';
  if (mode !== 'polling' && mode !== 'webhook') throw new ConfigFault('TELEGRAM_MODE', 'must be polling or webhook');
  const webhookUrl = url('TELEGRAM_WEBHOOK_URL', ['https:', 'http:']);
  const secret = env('TELEGRAM_WEBHOOK_SECRET');
  if (secret !== undefined && !/^[A-Za-z0-9_-]{1,256}$/.test(secret))
    throw new ConfigFault('TELEGRAM_WEBHOOK_SECRET', 'may hold 1 to 256 letters, digits, _ and - only');
  if (token === undefined) return undefined;
  // The token becomes part of an address: a stray quote or blank would fail only later, and without a clear word.
  if (!/^[A-Za-z0-9:_-]+$/.test(token)) throw new ConfigFault('TELEGRAM_BOT_TOKEN', 'is not written like a bot token');
  if (mode === 'polling') return { token, apiRoot, webhook: undefined };
  if (webhookUrl === undefined)
    throw new ConfigFault('TELEGRAM_WEBHOOK_URL', 'is needed when TELEGRAM_MODE is webhook');
  if (secret === undefined) throw new ConfigFault('TELEGRAM_WEBHOOK_SECRET', 'is needed when TELEGRAM_MODE is webhook');
  if (env('PORT') === undefined) throw new ConfigFault('PORT', 'is needed when TELEGRAM_MODE is webhook');
  return { token, apiRoot, webhook: { url: webhookUrl, secret } };
}

function wechatOf(env: Read): Config['wechat'] {
  const puppet = env('WECHATY_PUPPET');
  const serviceToken = env('WECHATY_PUPPET_SERVICE_TOKEN');
  if (puppet === undefined) return undefined;
  if (!/^(@[a-z0-9-]+\/)?wechaty-puppet[a-z0-9-]*$/.test(puppet))
    throw new ConfigFault('WECHATY_PUPPET', 'must be the name of a puppet package, such as wechaty-puppet-service');
  if (puppet === 'wechaty-puppet-service' && serviceToken === undefined)
    throw new ConfigFault('WECHATY_PUPPET_SERVICE_TOKEN', 'is needed when WECHATY_PUPPET is wechaty-puppet-service');
  return { puppet, serviceToken };
}
