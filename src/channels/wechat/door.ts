import type { Event, Reply } from '../../dialogue/reply.ts';
import { Newest } from './newest.ts';
import type { People } from './people.ts';
import type { ContactPayload } from './puppet.ts';
import type { WechatWords } from './words.ts';

/** What an earlier conversation is known by, for its owner to show that it is theirs. */
export interface EarlierChat {
  readonly names: readonly string[];
  readonly cities: readonly string[];
}

/** A message with the id it is remembered by. */
export interface Said {
  readonly event: Event;
  readonly messageId: string;
}

/** What becomes of a message of somebody: it belongs to a conversation, or that has to be asked first. */
export type Entry =
  | { readonly kind: 'enter'; readonly chat: string; readonly said: readonly Said[]; readonly first?: Reply }
  | { readonly kind: 'asked'; readonly reply: Reply };

export interface DoorDeps {
  readonly people: People;
  readonly words: WechatWords;
  readonly isHere: (id: string) => Promise<boolean>;
  /** What is known of a conversation; undefined when it holds nothing. */
  readonly earlier: (chat: string) => Promise<EarlierChat | undefined>;
}

/** Answers that do not fit, after which somebody begins anew; nothing of the earlier conversation is touched. */
const TRIES = 2;
const WAITING = 1_000;
/** A shorter piece of a name fits too many. */
const LEAST_PIECE = 4;

/**
 * Leads people to their conversation. A puppet may give people new ids with every login; who cannot be told by a stable
 * name then has to name the enterprise, before anything of the earlier conversation is shown.
 */
export class Door {
  private readonly deps: DoorDeps;
  /** What was said before the question was answered. Lost with the process: then the conversation is greeted. */
  private readonly held = new Newest<readonly Said[]>(WAITING);

  constructor(deps: DoorDeps) {
    this.deps = deps;
  }

  /** Takes a message of a person; those of one person one after the other. @throws the store's error. */
  async enter(person: ContactPayload, said: Said): Promise<Entry> {
    const { people, words, isHere } = this.deps;
    const found = await people.find(person, isHere);
    if (found.kind === 'known') return { kind: 'enter', chat: found.chat, said: [said] };
    const earlier = await this.earlierOf(found.chats);
    const asked = await people.read(askKey(person));
    if (!asked && earlier.length === 0) return this.begin(person, found.fresh, said);
    if (!asked) {
      await people.put(askKey(person), { v: 1, misses: 0 });
      this.held.set(person.id, [said]);
      return { kind: 'asked', reply: questionOf(earlier, words) };
    }
    return this.answered(person, found.fresh, earlier, said, asked.misses ?? 0);
  }

  private async answered(
    person: ContactPayload,
    fresh: string,
    earlier: readonly Earlier[],
    said: Said,
    misses: number,
  ): Promise<Entry> {
    const { people, words } = this.deps;
    const text = said.event.kind === 'text' ? said.event.text : '';
    const chat = ownerOf(earlier, text, words);
    const first = this.held.get(person.id) ?? [];
    if (chat === undefined && !words.declines(text) && misses + 1 < TRIES && earlier.length > 0) {
      await people.put(askKey(person), { v: 1, misses: misses + 1 });
      return { kind: 'asked', reply: isNamed(earlier) ? words.askNameAgain : questionOf(earlier, words) };
    }
    await people.bind(person, chat ?? fresh);
    await people.put(askKey(person), null);
    this.held.delete(person.id);
    const before = first.length > 0 ? first : [{ event: GREETING, messageId: said.messageId }];
    const note = chat === undefined ? words.notJoined : words.joined;
    return { kind: 'enter', chat: chat ?? fresh, said: before, first: note };
  }

  private async begin(person: ContactPayload, chat: string, said: Said): Promise<Entry> {
    await this.deps.people.bind(person, chat);
    return { kind: 'enter', chat, said: [said] };
  }

  private async earlierOf(chats: readonly string[]): Promise<Earlier[]> {
    const found: Earlier[] = [];
    for (const chat of chats) {
      const known = await this.deps.earlier(chat);
      if (known) found.push({ chat, ...known });
    }
    return found;
  }
}

interface Earlier extends EarlierChat {
  readonly chat: string;
}

const GREETING: Event = { kind: 'text', text: '/start' };

function askKey({ id }: ContactPayload): string {
  return `ask:${id}`;
}

function isNamed(earlier: readonly Earlier[]): boolean {
  return earlier.some(({ names }) => names.length > 0);
}

function questionOf(earlier: readonly Earlier[], words: WechatWords): Reply {
  return isNamed(earlier) ? words.askName : words.askSame([...new Set(earlier.flatMap(({ cities }) => cities))]);
}

/** The conversation that the words show to be theirs; undefined when they show none, or more than one. */
function ownerOf(earlier: readonly Earlier[], text: string, words: WechatWords): string | undefined {
  const named = earlier.filter(({ names }) => names.some((name) => isSameName(name, text)));
  if (named.length === 1) return named[0]?.chat;
  // Without a name nothing in it is anybody's: a yes will do, when there is only one it can mean.
  const [only] = earlier;
  return earlier.length === 1 && only?.names.length === 0 && words.agrees(text) ? only.chat : undefined;
}

function isSameName(name: string, text: string): boolean {
  const [own, said] = [plain(name), plain(text)];
  if (own === '' || said === '') return false;
  if (own === said) return true;
  return (own.length >= LEAST_PIECE && said.includes(own)) || (said.length >= LEAST_PIECE && own.includes(said));
}

/** The name itself, without what is said around it and the form of the firm, which people leave out. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^(?:我们?(?:公司|单位|企业)?|公司|企业)?(?:名称|全称)?(?:是|叫)/u, '')
    .replace(/(?:股份|集团)?(?:有限)?(?:责任)?公司$/u, '');
}
