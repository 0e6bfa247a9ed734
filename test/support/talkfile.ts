import type { Reply } from '../../src/dialogue/index.ts';
import { Talk } from './kit.ts';

/** A transcript: when it takes place, and what the person says, message by message. */
export interface TalkFile {
  readonly title: string;
  /** ISO instant with offset. */
  readonly now: string;
  readonly messages: readonly string[];
}

const FRONT = /^---\ntitle: (.+)\nnow: (.+)\n---\n/;
const SAID = '> ';
/** Replies are indented, which Markdown shows line by line as they are. */
const INDENT = '    ';

/**
 * Reads a transcript; what the assistant said in it is not looked at. Neighbouring `> ` lines are one message of
 * several lines. @throws Error when the head is missing or its time cannot be read.
 */
export function readTalk(text: string): TalkFile {
  const head = FRONT.exec(text);
  const [, title = '', now = ''] = head ?? [];
  if (!head || Number.isNaN(Date.parse(now))) throw new Error('a talk begins with ---, title:, now: (ISO) and ---');
  const messages: string[] = [];
  let open = false;
  for (const line of text.slice(head[0].length).split('\n')) {
    const said = line.startsWith(SAID);
    if (said && open) messages.push(`${messages.pop() ?? ''}\n${line.slice(SAID.length)}`);
    else if (said) messages.push(line.slice(SAID.length));
    open = said;
  }
  return { title, now, messages };
}

/** One reply as a person sees it: the text, then its choices by number. */
function shown({ text, choices = [], file }: Reply): string {
  const numbered = choices.map((choice, index) => `${String(index + 1)}) ${choice.label}`);
  return [text, ...numbered, ...(file ? [`[${file.name}]`] : [])].join('\n');
}

function block(text: string, mark: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? line : mark + line))
    .join('\n');
}

/** Plays a transcript from its first message and writes it anew, with what the assistant says now. */
export function playTalk({ title, now, messages }: TalkFile): string {
  const talk = new Talk(now);
  const turns = messages.flatMap((message) => [
    message
      .split('\n')
      .map((line) => SAID + line)
      .join('\n'),
    ...talk.type(message).map((reply) => block(shown(reply), INDENT)),
  ]);
  return `---\ntitle: ${title}\nnow: ${now}\n---\n\n${turns.join('\n\n')}\n`;
}
