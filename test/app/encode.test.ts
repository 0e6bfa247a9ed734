import { expect, test } from 'vitest';
import { newChatDoc, type ChatDoc } from '../../src/app/chatdoc.ts';
import { encodeChat } from '../../src/app/encode.ts';
import { advance } from '../../src/dialogue/index.ts';
import { kit, Talk } from '../support/kit.ts';
import { CASES, instant } from '../support/programmes.ts';
import { walk, type Persona } from '../support/walker.ts';

/** A document after each message of a conversation, with its replies under way. */
function* documents(count: number): Generator<ChatDoc> {
  for (const one of CASES.slice(0, count)) {
    const talk = new Talk(one.now);
    walk(talk, one.program, one.facts as Persona);
    let doc = { ...newChatDoc('test:一"二'), state: talk.state };
    for (const text of [
      '重来',
      '都符合',
      '上一步',
      '改第1题',
      '不清楚',
      '材料',
      '换企业',
      '某某有限公司',
      '资格自测',
    ]) {
      const { state, replies } = advance(kit, doc.state, { kind: 'text', text }, instant(one.now), 'id');
      const outbox = replies.map((reply, index) => ({ id: `r${String(index)}`, reply, messageId: 'm"1', at: 5 }));
      doc = { ...doc, state, outbox, handled: [...doc.handled, `m${text}`] };
      yield doc;
    }
  }
}

test('a document is written as JSON.stringify writes it, however often', () => {
  for (const doc of documents(20)) {
    expect(encodeChat(doc)).toBe(JSON.stringify(doc));
    expect(encodeChat(doc)).toBe(JSON.stringify(doc));
  }
});

test('what only another release knows is written as well', () => {
  const doc = { ...newChatDoc('test:1'), later: { a: [1, undefined, null], b: undefined }, none: undefined };
  expect(encodeChat(doc)).toBe(JSON.stringify(doc));
});
