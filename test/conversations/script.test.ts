import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { script } from '../../conversations/index.ts';
import { slashCommand, wordCommand } from '../../src/dialogue/commands.ts';
import { flowFaults, type CommandId, type Reply } from '../../src/dialogue/index.ts';
import { programmes, Talk } from '../support/kit.ts';
import { CASES } from '../support/programmes.ts';
import { walk, type Persona } from '../support/walker.ts';

/** Every command that is promised: its id, what is typed with a slash, and the words that do the same. */
const PROMISED: readonly (readonly [CommandId, readonly string[], readonly string[]])[] = [
  ['start', ['/start'], ['开始', '你好']],
  ['help', ['/help'], ['帮助', '菜单', '0']],
  ['programme', ['/programme luoyang'], ['切换政策']],
  ['check', ['/check'], ['资格自测']],
  ['estimate', ['/estimate'], ['测算', '能补多少']],
  ['documents', ['/documents'], ['材料', '缺什么']],
  ['deadlines', ['/deadlines'], ['截止', '时间']],
  ['contact', ['/contact 太原'], ['联系', '电话']],
  ['city', ['/city 太原'], ['我在太原']],
  ['progress', ['/progress', '/progress registered'], ['进度']],
  ['remind', ['/remind on', '/remind off'], ['提醒']],
  ['unsubscribe', ['/unsubscribe'], ['退订']],
  ['back', ['/back'], ['上一步']],
  ['edit', ['/edit 1'], ['改第1题']],
  ['skip', ['/skip'], ['跳过']],
  ['why', ['/why'], ['为什么问']],
  ['restart', ['/restart'], ['重来']],
  ['cancel', ['/cancel', '/cancel 1'], ['退出', '取消']],
  ['enterprise', ['/enterprise'], ['换企业']],
  ['summary', ['/summary'], ['汇总']],
  ['human', ['/human'], ['转人工']],
  ['privacy', ['/privacy'], ['隐私']],
  ['export', ['/export'], ['导出']],
  ['forget', ['/forget'], ['删除我的数据']],
  ['bind', ['/bind CODE'], ['绑定身份']],
  ['broadcast', ['/broadcast'], ['群发']],
  ['broadcasts', ['/broadcasts'], ['群发记录']],
  ['pause', ['/pause 1'], ['暂停']],
  ['resume', ['/resume 1'], []],
  ['approve', ['/approve 1'], ['批准']],
];

const NOW = '2026-06-23T10:00:00+08:00';
const NOT_UNDERSTOOD = '没看懂';

function begun(): Talk {
  const talk = new Talk(NOW);
  talk.type('/programme shanxi-2026');
  talk.type('/check');
  return talk;
}

describe('commands', () => {
  test('no word and no slash name stands for two of them', () => {
    const names = script.commands.flatMap(({ slash, words }) => [`/${slash}`, ...words]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  describe.each(PROMISED)('%s', (id, slashes, words) => {
    test.each(slashes)('%s', (text) => {
      expect(slashCommand(text, script.commands)?.id).toBe(id);
    });
    test.each(words)('%s', (text) => {
      expect(wordCommand(text, script.commands)?.id).toBe(id);
    });
    test.each([...slashes, ...words])('%s is carried out, outside and within an interview', (text) => {
      for (const talk of [new Talk(NOW), begun()]) {
        talk.type(text);
        expect(talk.text()).not.toBe('');
        expect(talk.text()).not.toContain(NOT_UNDERSTOOD);
      }
    });
  });

  test.each(['山西', '洛阳'])('%s selects the programme', (name) => {
    const talk = new Talk(NOW);
    talk.type(name);
    const chosen = programmes.get(talk.state.programme ?? '');
    expect(chosen?.files.programme.short).toBe(name);
  });
});

describe('flows', () => {
  test.each(Object.values(script.flows))('$id has no faults', (flow) => {
    expect(flowFaults(flow)).toEqual([]);
  });
});

describe('ids of choices', () => {
  const FORM = /^[A-Za-z0-9_.-]{1,32}$/;

  test.each([...programmes.values()])('of every question of $id can be sent by every channel', ({ files }) => {
    const ids = files.questions.questions.flatMap(({ choices }) => choices.map(({ id }) => id));
    expect(ids.filter((id) => !FORM.test(id))).toEqual([]);
  });

  test('seen while many persons are walked through', () => {
    const seen = new Set<string>();
    class Watched extends Talk {
      override press(id: string): readonly Reply[] {
        return watch(super.press(id));
      }
      override type(text: string): readonly Reply[] {
        return watch(super.type(text));
      }
    }
    const watch = (replies: readonly Reply[]): readonly Reply[] => {
      for (const { choices = [] } of replies) {
        for (const { id } of choices) seen.add(id);
        expect(new Set(choices.map(({ id }) => id)).size).toBe(choices.length);
      }
      return replies;
    };
    const plain = CASES.filter(
      ({ facts }) => !('contradictions' in (facts as Persona)) && !('role' in (facts as Persona)),
    );
    for (const one of plain.filter((_, at) => at % 4 === 0)) {
      const talk = new Watched(one.now);
      walk(talk, one.program, one.facts as Persona);
      for (const text of ['开始', '菜单', '切换政策', '删除我的数据']) talk.type(text);
    }
    expect(seen.size).toBeGreaterThan(30);
    expect([...seen].filter((id) => !FORM.test(id))).toEqual([]);
  });
});

const SRC = resolve(import.meta.dirname, '../../src');

/** The code of a folder token by token, without comments. */
function tokens(folder: string): { readonly file: string; readonly text: string }[] {
  const files = readdirSync(join(SRC, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const source = ts.createSourceFile(file, readFileSync(join(SRC, folder, file), 'utf8'), ts.ScriptTarget.Latest);
      const found: { file: string; text: string }[] = [];
      const visit = (node: ts.Node): void => {
        if (ts.isJSDoc(node)) return;
        const children = node.getChildren(source);
        if (children.length === 0) found.push({ file: join(folder, file), text: node.getText(source) });
        else children.forEach(visit);
      };
      visit(source);
      return found;
    });
}

describe('what is said lives in conversations and data', () => {
  test.each(['policy', 'dialogue', 'understanding', 'app', 'stores'])(
    'src/%s names no programme and no place',
    (folder) => {
      const found = tokens(folder).filter(({ text }) => /山西|洛阳|太原|晋创谷|shanxi|luoyang/i.test(text));
      expect(found).toEqual([]);
    },
  );

  // What is told to a program at the border (the path and what is allowed there) is no conversation.
  const BORDER = /(?:^|\/)border(?:-value)?\.ts$/;
  const SENTENCE = /[。！？；]|\p{Script=Han}，|\p{Script=Han}{12,}/u;

  test.each(['policy', 'dialogue'])('src/%s says no sentence', (folder) => {
    const strings = tokens(folder).filter(({ file, text }) => /^['"`}]/.test(text) && !BORDER.test(file));
    expect(strings.filter(({ text }) => SENTENCE.test(text))).toEqual([]);
  });
});
