import { writeFileSync } from 'node:fs';
import { prepare } from '../src/dialogue/ask.ts';
import { readAnswer, readPressed } from '../src/dialogue/answer.ts';
import type { Event, Reply } from '../src/dialogue/index.ts';
import type { Prepared } from '../src/dialogue/prepared.ts';
import { civilDateOf } from '../src/policy/index.ts';
import { kit, Talk } from '../test/support/kit.ts';
import { CASES, instant, type Case } from '../test/support/programmes.ts';
import { walk, type Persona } from '../test/support/walker.ts';
import { interviewsFile, offerIds, type Interview, type Question } from './interviews.ts';
import type { Place } from './place.ts';

/** The length of interview that is compared: what a single service takes. */
const QUESTIONS = 12;

/** A conversation that keeps what was asked and sent; every second button is typed in its words instead. */
class Recorder extends Talk {
  readonly messages: Event[] = [];
  readonly questions: Question[] = [];
  private readonly at: number;

  constructor(now: string) {
    super(now);
    this.at = instant(now);
  }

  override type(text: string): readonly Reply[] {
    this.noteQuestion();
    this.messages.push({ kind: 'text', text });
    return super.type(text);
  }

  override press(id: string): readonly Reply[] {
    const question = this.question();
    const words = question && this.questions.length % 2 === 0 ? this.wordsOf(question, id) : undefined;
    if (words !== undefined) return this.type(words);
    this.noteQuestion();
    this.messages.push({ kind: 'choice', id });
    return super.press(id);
  }

  private noteQuestion(): void {
    const question = this.question();
    if (question) this.questions.push(question);
  }

  private question(): Question | undefined {
    const prepared = this.prepared();
    const reply = this.ask();
    return prepared && reply && { prepared, reply };
  }

  /** The pending question. */
  private prepared(): Prepared | undefined {
    const { programme = '', enterprises, current } = this.state;
    const dossier = enterprises[current]?.dossiers[programme];
    const guide = kit.guides.get(programme);
    const pending = dossier?.interview?.pending;
    return guide && dossier && pending && prepare(guide, pending, dossier.facts, this.at, kit.script.ask);
  }

  /** What a person would type instead of pressing; undefined when it would not be read as the same. */
  private wordsOf(question: Question, pressed: string): string | undefined {
    const { prepared } = question;
    const ids = offerIds(question, pressed);
    const words = prepared.offers
      .filter((offer) => ids.split(' ').includes(offer.id))
      .map((offer) => offer.label)
      .join('、');
    const typed = readAnswer(prepared, words, civilDateOf(this.at));
    const same = (one: object) => JSON.stringify({ ...one, choice: undefined });
    return words !== '' && same(typed) === same(readPressed(prepared, ids)) ? words : undefined;
  }
}

function record(one: Case): Interview {
  const talk = new Recorder(one.now);
  walk(talk, one.program, one.facts as Persona);
  return { programme: one.program, now: instant(one.now), messages: talk.messages, questions: talk.questions };
}

/** The interview of a programme that ends eligible and comes nearest to the usual number of questions. */
function usual(programme: string): Interview {
  const interviews = CASES.filter((one) => one.program === programme && one.expect['eligibility'] === 'eligible').map(
    record,
  );
  const distance = ({ questions }: Interview): number => Math.abs(questions.length - QUESTIONS);
  const [best] = interviews.toSorted((a, b) => distance(a) - distance(b));
  if (!best) throw new Error(`no case of ${programme} ends eligible`);
  return best;
}

/** Records an interview per programme into the folder of the run. */
export function run(place: Place): void {
  writeFileSync(interviewsFile(place), JSON.stringify([...kit.guides.keys()].map(usual)));
}
