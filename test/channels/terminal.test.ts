import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import type { Assistant } from '../../src/app/ports.ts';
import { runTerminal } from '../../src/channels/terminal.ts';
import { keptLog, world } from '../app/support.ts';
import { channelContract } from './contract.ts';
import { Sink } from './sink.ts';

function open(assistant: Assistant, interactive = false, signal?: AbortSignal) {
  const input = new PassThrough();
  const output = new Sink();
  const running = runTerminal({
    assistant,
    input,
    output,
    interactive,
    columns: () => 40,
    unsaved: { text: '没能保存' },
    log: keptLog(),
    ...(signal ? { signal } : {}),
  });
  return { input, output, running };
}

/** All that is shown for this input. */
async function shown(text: string): Promise<string> {
  const { input, output, running } = open(world().assistant);
  input.end(text);
  await running;
  return output.rest();
}

channelContract('terminal', {
  manyChats: false,
  messageIds: false,
  open: async (assistant) => {
    const { input, output, running } = open(assistant);
    return {
      async say(text) {
        input.write(`${text}\n`);
        const echo = await output.next();
        expect(echo).toMatch(/^> /);
        return output.next();
      },
      async close() {
        input.end();
        await running;
      },
    };
  },
});

describe('piped', () => {
  test('reads like a transcript; empty lines are no messages, the last line needs no end', async () => {
    expect(await shown('你好\n\n  \n两条\n选项')).toBe(
      [
        '> 你好',
        '1 你好',
        '',
        '> 两条',
        '2 两条',
        '',
        '又一条',
        '',
        '> 选项',
        '3 选项',
        ' 1 好',
        ' 2 不好',
        '',
        '',
      ].join('\n'),
    );
  });

  test('no input is no chat', async () => {
    expect(await shown('')).toBe('');
  });

  test('offers are taken by number or by their words, for the next message only', async () => {
    const text = await shown('选项\n2\n2\n选项\n好\n好\n选项\n3\n');
    expect(text.split('\n').filter((line) => /^\d /.test(line))).toEqual([
      '1 选项',
      '2 [no]',
      '3 2',
      '4 选项',
      '5 [yes.1]',
      '6 好',
      '7 选项',
      '8 3',
    ]);
  });

  test('long text is wrapped to the width of the terminal', async () => {
    const lines = (await shown(`${'科技创新券'.repeat(20)}\n`)).split('\n').slice(1);
    expect(lines.every((line) => line.length <= 21)).toBe(true);
    expect(lines.length).toBeGreaterThan(4);
  });

  test('escape sequences in a message do not reach the terminal', async () => {
    expect(await shown('a\u001b[2Jb\n')).not.toContain('\u001b');
  });
});

describe('at a terminal', () => {
  test('the assistant speaks first, then prompts; the end of input ends it', async () => {
    const { input, output, running } = open(world().assistant, true);
    expect(await output.next()).toBe('\n1 /start\n\n');
    input.write('你好\r');
    let seen = '';
    while (!seen.includes('2 你好')) seen += await output.next();
    expect(seen).toContain('> ');
    input.end();
    await running;
  });

  test('a signal ends it', async () => {
    const stop = new AbortController();
    const { output, running } = open(world().assistant, true, stop.signal);
    await output.next();
    stop.abort();
    await running;
  });
});

test('what came due meanwhile is shown before the answer, and reported as shown', async () => {
  const { assistant } = world();
  const reported: string[] = [];
  const input = new PassThrough();
  const output = new Sink();
  let due = [{ id: 'due', reply: { text: '到期了' } }];
  const running = runTerminal({
    assistant: {
      handle: (inbound) => assistant.handle(inbound),
      delivered: async (_chat, ids) => void reported.push(...ids),
      settled: () => assistant.settled(),
    },
    ...{ input, output, interactive: false, columns: () => 40, unsaved: { text: '' }, log: keptLog() },
    async unasked() {
      const now = due;
      due = [];
      return now;
    },
  });
  input.end('你好\n再说\n');
  await running;
  expect(output.rest()).toMatch(/> 你好\n到期了\n+1 你好\n[\s\S]*> 再说\n2 再说/);
  expect(reported[0]).toBe('due');
});
