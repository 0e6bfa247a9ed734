import { join } from 'node:path';
import { makeKit } from '../src/cli/compose.ts';
import { openContent } from '../src/content/open.ts';
import { advance, NEW_CHAT, type ChatState, type Kit } from '../src/dialogue/index.ts';
import type { Interview } from './interviews.ts';
import type { Place } from './place.ts';

/** What conversations work with, loaded the way a start loads it. */
export async function loadKit({ root }: Place): Promise<Kit> {
  return makeKit(await openContent(join(root, 'data'), join(root, 'dist/data.json')));
}

/** Holds an interview in memory. @returns the last state. @throws when it ends without a verdict. */
export function talk(kit: Kit, { programme, now, messages }: Interview): ChatState {
  let state = NEW_CHAT;
  let told = false;
  for (const event of messages) {
    const next = advance(kit, state, event, now, 'enterprise');
    state = next.state;
    told = next.replies.some((reply) => reply.result !== undefined);
  }
  if (!told) throw new Error(`the interview of ${programme} ends without a verdict`);
  return state;
}
