import { createAssistant } from '../../../src/app/assistant.ts';
import { newChatDoc, type ChatDoc } from '../../../src/app/chatdoc.ts';
import { Handover } from '../../../src/app/handover.ts';
import type { Account } from '../../../src/app/outports.ts';
import type { Assistant, Store } from '../../../src/app/ports.ts';
import { chatsOf, documentCodec, Records, type AnyDoc } from '../../../src/app/records/documents.ts';
import type { OperatorRequest } from '../../../src/app/staff/request.ts';
import { pullUnasked } from '../../../src/app/tickpull.ts';
import { openBureau, type BureauService } from '../../../src/cli/bureau/service.ts';
import { NEW_CHAT, stepWithDesk, type Dossier, type Reply } from '../../../src/dialogue/index.ts';
import { memoryStore } from '../../../src/stores/memory.ts';
import { content, kit } from '../../support/kit.ts';
import { BROKEN, keptLog } from '../support.ts';

/** Tuesday, ten in the morning in Beijing. */
export const NOW = Date.parse('2026-06-23T10:00:00+08:00');
export const SECOND = 1_000;
export const HOUR = 3_600_000;

/** A firm of a chat that agreed to be seen. */
export interface Firm {
  readonly chat: string;
  readonly name: string;
  readonly city?: string;
  readonly programme?: string;
  readonly share?: boolean;
  readonly stopped?: boolean;
  readonly dossier?: Dossier;
}

/** A bureau over documents in memory, with a clock that is set by hand. */
export class BureauWorld {
  now = NOW;
  readonly store: Store<AnyDoc>;
  readonly chats: Store<ChatDoc>;
  readonly records: Records;
  readonly log = keptLog();
  readonly handover = new Handover();
  readonly service: BureauService;
  readonly assistant: Assistant;
  private next = 0;

  constructor(
    store: Store<AnyDoc> = memoryStore(documentCodec),
    limits = content.bureau,
    account: (channel: string) => Account | undefined = () => undefined,
  ) {
    this.store = store;
    this.chats = chatsOf(store);
    this.records = new Records(store);
    const ids = (): string => `id${String((this.next += 1)).padStart(8, '0')}`;
    this.service = openBureau({
      ...{ store, kit, content: { ...content, bureau: limits }, ids, account },
      log: this.log,
    });
    this.assistant = createAssistant({
      store: this.chats,
      handover: this.handover,
      advance: (state, event, now, newId, aside) => stepWithDesk(kit, state, event, now, newId, aside),
      desk: (call, asker) => this.service.answer(call, asker),
      keep: (kept, now) => this.service.questions.keep(kept, now),
      keepSource: (source) => this.service.broadcasts.keeps(source),
      clock: { now: () => this.now },
      ids,
      log: this.log,
      broken: BROKEN,
    });
  }

  /** Another process on the same documents. */
  restarted(): BureauWorld {
    const other = new BureauWorld(this.store);
    other.now = this.now;
    other.next = this.next + 10_000;
    return other;
  }

  async firm({ chat, name, city = '太原市', programme = 'shanxi-2026', ...rest }: Firm): Promise<void> {
    const dossiers = rest.dossier ? { [programme]: rest.dossier } : {};
    const state = {
      ...{ ...NEW_CHAT, programme, enterprises: [{ id: `E-${chat}`, name, city, dossiers }] },
      ...(rest.share === false ? {} : { consents: { share: { given: true, at: NOW, wording: 'w' } } }),
      ...(rest.stopped ? { stopped: NOW } : {}),
    };
    await this.chats.update(chat, () => ({ doc: { ...newChatDoc(chat), state, updatedAt: NOW }, result: undefined }));
  }

  async say(chat: string, text: string, group = false): Promise<readonly Reply[]> {
    const event = { kind: 'text', text } as const;
    const outgoing = await this.assistant.handle({ chat, event, at: this.now, pull: true, ...(group && { group }) });
    await this.assistant.delivered(
      chat,
      outgoing.map(({ id }) => id),
    );
    return outgoing.map(({ reply }) => reply);
  }

  async text(chat: string, text: string, group = false): Promise<string> {
    return (await this.say(chat, text, group)).map((reply) => reply.text).join('\n');
  }

  async operator(request: OperatorRequest): Promise<Record<string, unknown>> {
    const answer = await this.service.operator.run(request, this.now);
    if (answer.kind === 'refused') throw new Error(answer.why);
    return answer.result as Record<string, unknown>;
  }

  /** Makes a chat staff, the way it is done. */
  async bind(chat: string, city?: string): Promise<void> {
    const { code } = await this.operator(
      city === undefined ? { verb: 'invite', province: true } : { verb: 'invite', city },
    );
    const said = await this.text(chat, `/bind ${String(code)}`);
    if (!said.startsWith('已绑定')) throw new Error(said);
  }

  /** Carries broadcasts on and shows what may be shown. @returns texts by chat. */
  async tick(ms = 0): Promise<Map<string, string[]>> {
    this.now += ms;
    await this.service.carry(this.now);
    const mayGo = (source: string, _chat: string, doc: ChatDoc, now: number) =>
      this.service.mayGoNow(source, doc, now) ?? true;
    const pulled = await pullUnasked(
      { store: this.chats, handover: this.handover, log: this.log, mayGo },
      '',
      this.now,
    );
    const shown = new Map<string, string[]>();
    for (const { chat, outgoing } of pulled) {
      shown.set(
        chat,
        outgoing.map(({ reply }) => reply.text),
      );
      await this.assistant.delivered(
        chat,
        outgoing.map(({ id }) => id),
      );
    }
    return shown;
  }

  /** Writes and confirms a broadcast to everybody the office may reach. @returns its id. */
  async broadcast(chat: string, audience: string, text: string, count: number): Promise<string> {
    await this.say(chat, '/broadcast');
    await this.say(chat, audience);
    await this.say(chat, text);
    const said = await this.text(chat, String(count));
    const id = /编号 (\w+)/.exec(said)?.[1];
    if (id === undefined) throw new Error(said);
    return id;
  }

  async audit(): Promise<{ who: string; what: string; on?: string; result: string }[]> {
    return (await this.records.all('audit')).map(({ doc: { who, what, on, result } }) => ({
      ...{ who, what, result },
      ...(on === undefined ? {} : { on }),
    }));
  }
}
