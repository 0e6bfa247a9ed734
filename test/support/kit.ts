import { resolve } from 'node:path';
import { script } from '../../conversations/index.ts';
import { loadContent } from '../../src/content/load.ts';
import { compileContent } from '../../src/content/programmes.ts';
import {
  buildGuide,
  buildKnowledge,
  NEW_CHAT,
  stepWithDesk,
  type Advanced,
  type ChatState,
  type Event,
  type Kept,
  type Kit,
  type Reply,
} from '../../src/dialogue/index.ts';
import { callKey } from '../../src/dialogue/staff/desk.ts';
import { indexPlaces } from '../../src/understanding/index.ts';

/** The shipped content, loaded once per test file. */
export const content = loadContent(resolve(import.meta.dirname, '../../data'));
export const programmes = new Map(compileContent(content).map((programme) => [programme.id, programme]));

/** The conversation kit over the shipped content. */
export const kit: Kit = {
  guides: new Map([...programmes].map(([id, programme]) => [id, buildGuide(programme.files, () => programme)])),
  places: indexPlaces(content.places.flatMap((file) => file.places)),
  standard: content.standard,
  knowledge: buildKnowledge(content),
  script,
  retention: content.operations.retention.chats,
};

/** One step of somebody who is no staff: whatever the desk is asked, it refuses. */
function stepAsNobody(state: ChatState, event: Event, now: number, newId: string): Advanced {
  const answers = new Map<string, unknown>();
  for (;;) {
    const stepped = stepWithDesk(kit, state, event, now, newId, { group: false, answers });
    if (!('needs' in stepped)) return stepped;
    const { needs } = stepped;
    answers.set(callKey(needs), needs.kind === 'bind' ? { kind: 'wrong' } : { ok: false, why: 'no-role' });
  }
}

/** A conversation whose state goes through JSON between every two turns, as a stored one does. */
export class Talk {
  state: ChatState = NEW_CHAT;
  replies: readonly Reply[] = [];
  kept: Kept | undefined;
  turns = 0;
  private readonly now: number;

  constructor(now: string) {
    this.now = Date.parse(now);
  }

  private send(event: Event): readonly Reply[] {
    const loaded = JSON.parse(JSON.stringify(this.state)) as ChatState;
    this.turns += 1;
    const { state, replies, kept } = stepAsNobody(loaded, event, this.now, `id-${String(this.turns)}`);
    this.state = state;
    this.replies = replies;
    this.kept = kept;
    return replies;
  }

  type(text: string): readonly Reply[] {
    return this.send({ kind: 'text', text });
  }

  press(id: string): readonly Reply[] {
    return this.send({ kind: 'choice', id });
  }

  /** Everything said in the last turn. */
  text(): string {
    return this.replies.map((reply) => reply.text).join('\n');
  }

  ask(): Reply | undefined {
    return this.replies.find((reply) => reply.ask);
  }

  result(): Record<string, unknown> | undefined {
    return this.replies.find((reply) => reply.result)?.result as Record<string, unknown> | undefined;
  }
}
