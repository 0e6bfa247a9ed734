import type { Talk } from '../support/kit.ts';

/** First words of people, with what their interviews need most. */
export const PERSONAS = {
  shanxi: '我们是太原的科小，小型企业',
  luoyang: '洛阳',
  large: '我们是太原的高企，大型企业，不在晋创谷',
} as const;

const MOST = 60;

/** Answers whatever is asked in the way that leads on: all of it holds, the first choice, some date, some amount. */
export function answerAll(talk: Talk): void {
  for (let turn = 0; turn < MOST && talk.result() === undefined; turn += 1) {
    const question = talk.ask();
    if (!question?.ask) {
      talk.type('资格自测');
      continue;
    }
    const [first] = question.choices ?? [];
    const { kind, step } = question.ask;
    if (step === 'services.more') talk.type('没有了');
    else if (kind === 'date') talk.type('2026年5月6日');
    else if (kind === 'money') talk.type('20万');
    else if (kind === 'count') talk.type('20');
    else talk.press(first?.id ?? '');
  }
}
