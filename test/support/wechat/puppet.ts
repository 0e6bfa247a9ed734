import { mock, PuppetMock } from 'wechaty-puppet-mock';
import type { payloads } from 'wechaty-puppet';
import type { WechatWorld } from './world.ts';

/** A friend request as a puppet gives it. */
export interface Request {
  readonly id: string;
  readonly contactId: string;
  readonly type: number;
}

/**
 * One login of the account, by the mock puppet: who is in it and what is said in it comes from a world that outlives
 * the puppet, as the platform does.
 */
export class WorldPuppet extends PuppetMock {
  readonly world: WechatWorld;
  /** Takes calls, says it is logged in, and does nothing. */
  dead = false;
  /** Takes calls and says that they went well, says it is logged in, and is as dead. */
  numb = false;
  readonly accepted: string[] = [];

  constructor(world: WechatWorld) {
    super({ mocker: new mock.Mocker() });
    this.world = world;
  }

  override async onStart(): Promise<void> {
    await super.onStart();
    setImmediate(() => this.world.started(this));
  }

  override async onStop(): Promise<void> {
    await super.onStop();
    this.world.ended(this);
  }

  /** At once; the mock's own takes a second. */
  override ding(data = ''): void {
    this.world.probes += 1;
    if (!this.dead && !this.numb) setImmediate(() => this.emit('dong', { data }));
  }

  override async messageRawPayload(id: string): Promise<payloads.Message> {
    await this.world.faults.payload?.(id);
    const known = this.world.messages.get(id);
    return known ?? super.messageRawPayload(id);
  }

  override async messageSendText(conversationId: string, text: string): Promise<void> {
    if (this.dead) return new Promise(() => undefined);
    await this.world.faults.send?.(conversationId, text);
    if (this.numb) return;
    await super.messageSendText(conversationId, text);
    this.world.showed(this, conversationId, text);
    await this.world.faults.sent?.(conversationId, text);
  }

  override async messageSendFile(
    conversationId: string,
    file: Parameters<PuppetMock['messageSendFile']>[1],
  ): Promise<void> {
    await super.messageSendFile(conversationId, file);
    this.world.showed(this, conversationId, `[${file.name}] ${(await file.toBuffer()).toString('utf8')}`);
  }

  override async friendshipRawPayload(id: string): Promise<Request> {
    const found = this.world.requests.get(id);
    if (!found) throw new Error(`friendship ${id} not found`);
    return found;
  }

  override async friendshipAccept(id: string): Promise<void> {
    this.accepted.push(id);
    this.world.acceptedAt.push(performance.now());
  }
}
