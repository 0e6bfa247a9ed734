import type { Reply } from '../src/dialogue/index.ts';

/** 提醒: consent, and its withdrawal. Nothing is sent unasked without it. */
export function remindWords(on: boolean): Reply {
  return { text: on ? '已记下您同意接收截止提醒；不想要了回“退订”。' : '已退订，不会再主动给您发消息。' };
}
