import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { PuppetServer } from 'wechaty-puppet-service';
import { wechatyBots } from '../../../src/channels/wechat/library.ts';
import type { OpenBot } from '../../../src/channels/wechat/puppet.ts';
import { HOME } from './account.ts';
import type { WorldPuppet } from './puppet.ts';
import type { WechatWorld } from './world.ts';

const TOKEN = 'insecure_test-token';

/** A gateway as it runs at a provider's: a puppet behind gRPC on loopback, which may be killed and started again. */
export class Gateway {
  kills = 0;
  private readonly world: WechatWorld;
  private readonly port: number;
  private server: PuppetServer | undefined;
  private puppet: WorldPuppet | undefined;

  private constructor(world: WechatWorld, port: number) {
    this.world = world;
    this.port = port;
  }

  static async start(world: WechatWorld): Promise<Gateway> {
    const gateway = new Gateway(world, await freePort());
    await gateway.start();
    return gateway;
  }

  async start(): Promise<void> {
    this.puppet = this.world.newPuppet();
    this.server = new PuppetServer({
      endpoint: `127.0.0.1:${this.port}`,
      puppet: this.puppet,
      token: TOKEN,
      tls: { disable: true },
    });
    await this.server.start();
  }

  /** Ends as a killed process does: connections are cut, nothing is said. */
  async kill(): Promise<void> {
    const { puppet, server } = this;
    this.server = undefined;
    this.puppet = undefined;
    this.kills += 1;
    await server?.stop();
    if (puppet) {
      this.world.ended(puppet);
      await puppet.stop();
    }
  }

  /** Sessions of ours through the gateway. */
  bots(): OpenBot {
    return wechatyBots({
      puppet: 'wechaty-puppet-service',
      puppetOptions: { token: TOKEN, endpoint: `127.0.0.1:${this.port}`, tls: { disable: true } },
      card: join(HOME, 'service-login'),
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
