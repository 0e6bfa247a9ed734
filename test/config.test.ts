import { describe, expect, it } from 'vitest';
import { ConfigFault, readConfig } from '../src/config.ts';

const WEBHOOK = {
  TELEGRAM_BOT_TOKEN: '1:abc',
  TELEGRAM_MODE: 'webhook',
  TELEGRAM_WEBHOOK_URL: 'https://example.org/telegram',
  TELEGRAM_WEBHOOK_SECRET: 'secret',
  PORT: '8080',
};

describe('the configuration', () => {
  it('needs nothing: no channel, the embedded store, no HTTP', () => {
    expect(readConfig({})).toEqual({
      stateDir: './state',
      databaseUrl: undefined,
      host: '127.0.0.1',
      port: undefined,
      logLevel: 'info',
      alertWebhookUrl: undefined,
      operatorChat: undefined,
      telegram: undefined,
      wechat: undefined,
    });
  });

  it('takes an empty variable as not set', () => {
    expect(readConfig({ PORT: '', TELEGRAM_BOT_TOKEN: ' ', STATE_DIR: '' })).toEqual(readConfig({}));
  });

  it('reads every part', () => {
    const config = readConfig({ ...WEBHOOK, OPERATOR_CHAT: 'telegram:12', WECHATY_PUPPET: 'wechaty-puppet-mock' });
    expect(config.port).toBe(8080);
    expect(config.operatorChat).toEqual({ channel: 'telegram', chat: '12' });
    expect(config.telegram).toEqual({
      token: '1:abc',
      apiRoot: 'https://api.telegram.org',
      webhook: { url: 'https://example.org/telegram', secret: 'secret' },
    });
    expect(config.wechat).toEqual({ puppet: 'wechaty-puppet-mock', serviceToken: undefined });
  });

  it.each([
    ['PORT', { PORT: '80a' }],
    ['PORT', { PORT: '65536' }],
    ['HOST', { HOST: 'http://x' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://x/y' }],
    ['ALERT_WEBHOOK_URL', { ALERT_WEBHOOK_URL: 'example.org' }],
    ['OPERATOR_CHAT', { OPERATOR_CHAT: '12345' }],
    ['TELEGRAM_API_ROOT', { TELEGRAM_API_ROOT: 'ftp://x' }],
    ['TELEGRAM_MODE', { TELEGRAM_MODE: 'push' }],
    ['TELEGRAM_WEBHOOK_SECRET', { ...WEBHOOK, TELEGRAM_WEBHOOK_SECRET: '' }],
    ['TELEGRAM_WEBHOOK_SECRET', { TELEGRAM_WEBHOOK_SECRET: 'a b' }],
    ['TELEGRAM_WEBHOOK_URL', { ...WEBHOOK, TELEGRAM_WEBHOOK_URL: '' }],
    ['PORT', { ...WEBHOOK, PORT: '' }],
    ['WECHATY_PUPPET', { WECHATY_PUPPET: '../evil' }],
    ['WECHATY_PUPPET_SERVICE_TOKEN', { WECHATY_PUPPET: 'wechaty-puppet-service' }],
  ])('refuses a wrong %s', (variable, environment) => {
    const read = (): unknown => readConfig(environment);
    expect(read).toThrow(ConfigFault);
    expect(read).toThrow(new RegExp(`^${variable} .*\\.$`));
  });

  it('never repeats a secret', () => {
    expect(() => readConfig({ TELEGRAM_BOT_TOKEN: '1:se cret' })).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining('cret') as string }),
    );
  });
});
