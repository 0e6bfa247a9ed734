import type { Figure } from './figure.ts';
import { readInterviews } from './interviews.ts';
import { loadKit, talk } from './kit.ts';
import { inTurn } from './measure.ts';
import type { Place } from './place.ts';
import { rivalBot } from './rival.ts';

const ROUNDS = 7;
/** Interviews per round; the rival's take long enough with fewer. */
const OWN = 200;
const RIVAL = 10;
/** Interviews that compile the code; the machine is then warm for every round alike. */
const WARM_UP = 600;

/** The engine in memory with one message in flight, beside a bot of the same questions on `@grammyjs/conversations`. */
export async function run(place: Place): Promise<Figure[]> {
  const kit = await loadKit(place);
  const interviews = readInterviews(place);
  const rival = rivalBot(interviews);
  let chat = 0;
  const own = (count: number): number => {
    let messages = 0;
    for (let index = 0; index < count; index += 1)
      for (const interview of interviews) {
        talk(kit, interview);
        messages += interview.messages.length;
      }
    return messages;
  };
  const other = async (): Promise<number> => {
    let messages = 0;
    for (let index = 0; index < RIVAL; index += 1)
      for (const interview of interviews) messages += await rival.talk(interview, (chat += 1));
    return messages;
  };
  own(WARM_UP);
  const rounds = await inTurn({ engine: () => own(OWN), rival: other }, ROUNDS);
  if (rival.finished() !== chat) throw new Error(`the rival finished ${rival.finished()} of ${chat} interviews`);
  const { engine, rival: theirs } = rounds;
  const questions = interviews.map((interview) => interview.questions.length).join(' + ');
  return [
    { name: `engine in memory (${questions} questions)`, value: engine.perSecond, unit: 'messages/s', atLeast: 10_000 },
    { name: 'engine, by processor time', value: engine.perCpuSecond, unit: 'messages/s' },
    { name: '@grammyjs/conversations', value: theirs.perSecond, unit: 'messages/s' },
    { name: '@grammyjs/conversations, by processor time', value: theirs.perCpuSecond, unit: 'messages/s' },
    { name: 'engine over conversations', value: engine.perSecond / theirs.perSecond, unit: 'times', atLeast: 15 },
    { name: 'the same, by processor time', value: engine.perCpuSecond / theirs.perCpuSecond, unit: 'times' },
  ];
}

/** The engine alone for a while, to be profiled. */
export async function profiled(place: Place): Promise<void> {
  const kit = await loadKit(place);
  const interviews = readInterviews(place);
  for (let index = 0; index < 2_000; index += 1) for (const interview of interviews) talk(kit, interview);
}
