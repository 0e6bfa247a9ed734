import { advise, civilDateOf, judge, NO_FACTS, withFacts, withoutFacts, type Assignment, type Contact, type Facts, type Verdict } from '../policy/index.ts';
import { check } from '../policy/index.ts';
import { findPlaces, type FoundPlace } from '../understanding/index.ts';
import { askReply, prepare, type Prepared } from './ask.ts';
import { certainPlace } from './freetext.ts';
import type { Guide } from './guide.ts';
import { give, numberOf } from './interview.ts';
import type { Kit } from './kit.ts';
import { nextStep } from './next.ts';
import type { Reply } from './reply.ts';
import { openInterview, type View } from './script.ts';
import { NEW_INTERVIEW, type ChatState, type Dossier, type Enterprise, type Interview } from './state.ts';
import type { Flow } from './flow.ts';

/** One message being handled: the state as it changes, and the replies as they are said. */
export class Turn {
  readonly kit: Kit;
  readonly now: number;
  readonly newId: string;
  readonly replies: Reply[] = [];
  state: ChatState;

  constructor(kit: Kit, state: ChatState, now: number, newId: string) {
    this.kit = kit;
    this.state = state;
    this.now = now;
    this.newId = newId;
  }

  say(...replies: readonly Reply[]): void {
    this.replies.push(...replies.filter((reply) => reply.text !== ''));
  }

  guides(): Guide[] {
    return [...this.kit.guides.values()];
  }

  guide(): Guide | undefined {
    return this.state.programme === undefined ? undefined : this.kit.guides.get(this.state.programme);
  }

  /** The programme in whose area a named place lies, when exactly one is meant. */
  guideFromPlace(text: string): Guide | undefined {
    const place = certainPlace(findPlaces(text, this.kit.places), undefined);
    return place?.programme === undefined ? undefined : this.kit.guides.get(place.programme);
  }

  enterprise(): Enterprise | undefined {
    return this.state.enterprises[this.state.current];
  }

  dossier(): Dossier {
    const found = this.enterprise()?.dossiers[this.state.programme ?? ''];
    return found ?? { facts: this.startingFacts() };
  }

  facts(): Facts {
    return this.dossier().facts;
  }

  setDossier(dossier: Dossier): void {
    const { programme } = this.state;
    if (programme === undefined) return;
    const own = this.enterprise() ?? { id: this.newId, dossiers: {} };
    const updated = { ...own, dossiers: { ...own.dossiers, [programme]: dossier } };
    const enterprises = this.state.enterprises.slice();
    enterprises[this.state.current] = updated;
    this.state = { ...this.state, enterprises };
  }

  setInterview(interview: Interview | undefined): void {
    const { interview: _old, ...rest } = this.dossier();
    this.setDossier(interview ? { ...rest, interview } : rest);
  }

  keepCity(city: string): void {
    const own = this.enterprise() ?? { id: this.newId, dossiers: {} };
    const enterprises = this.state.enterprises.slice();
    enterprises[this.state.current] = { ...own, city };
    this.state = { ...this.state, enterprises };
    const guide = this.guide();
    const path = guide?.programme.files.programme.city_fact;
    if (guide && path !== undefined && guide.programme.vocabulary.facts.get(path)?.values?.[city] !== undefined)
      this.addFacts([{ path, value: city }]);
  }

  useProgramme(id: string): void {
    if (this.state.programme !== id) this.state = { ...this.state, programme: id };
  }

  addFacts(gives: readonly Assignment[]): void {
    const guide = this.guide();
    if (!guide) return;
    const dossier = this.dossier();
    this.setDossier({ ...dossier, facts: withFacts(dossier.facts, gives, guide.programme.vocabulary) });
  }

  /** Facts that other programmes of this enterprise share with the chosen one (same path, marked shared in both). */
  sharedFacts(): readonly Assignment[] {
    const guide = this.guide();
    const own = this.enterprise();
    if (!guide || !own) return [];
    const gives: Assignment[] = [];
    for (const [id, dossier] of Object.entries(own.dossiers)) {
      const other = this.kit.guides.get(id);
      if (!other || other === guide) continue;
      for (const [path, value] of Object.entries(dossier.facts.top)) {
        const here = guide.programme.vocabulary.facts.get(path);
        const there = other.programme.vocabulary.facts.get(path);
        if (value === undefined || value === null || !here?.shared || !there?.shared) continue;
        if (here.values && !here.open && here.values[String(value)] === undefined) continue;
        gives.push({ path, value });
      }
    }
    return gives;
  }

  private startingFacts(): Facts {
    const guide = this.guide();
    return guide ? withFacts(NO_FACTS, this.sharedFacts(), guide.programme.vocabulary) : NO_FACTS;
  }

  view(): View | undefined {
    const guide = this.guide();
    if (!guide) return undefined;
    const dossier = this.dossier();
    const { now } = this;
    let verdict: Verdict | undefined;
    return {
      guide,
      state: this.state,
      enterprise: this.enterprise(),
      dossier,
      facts: dossier.facts,
      now: this.now,
      today: civilDateOf(this.now),
      // Many answers need no verdict.
      get verdict() {
        verdict ??= judge(guide.programme, dossier.facts, now);
        return verdict;
      },
      contacts: this.contacts(guide, this.cityOf(guide)),
      advice: () => advise(guide.programme, dossier.facts, this.now),
    };
  }

  cityOf(guide: Guide): string | undefined {
    const fact = this.facts().top[guide.programme.files.programme.city_fact];
    return typeof fact === 'string' ? fact : this.enterprise()?.city;
  }

  contacts(guide: Guide, city: string | undefined): Contact[] {
    const { entries } = guide.programme.files.contacts;
    const own = city === undefined ? [] : entries.filter((entry) => entry.serves.includes(city));
    return [...own, ...entries.filter((entry) => entry.serves.length === 0)];
  }

  /** The flow of the interview at hand; the eligibility interview when none was begun. */
  flow(): Flow {
    const { flows } = this.kit.script;
    return this.dossier().interview?.flow === 'estimate' ? flows.estimate : flows.eligibility;
  }

  /** Puts the next question, or tells the verdict when nothing is left to ask. */
  proceed(): void {
    const guide = this.guide();
    if (!guide) {
      this.say(this.kit.script.say.chooseProgramme(this.guides()));
      return;
    }
    const dossier = this.dossier();
    const interview: Interview = dossier.interview ?? NEW_INTERVIEW;
    const step = interview.editing === undefined ? nextStep(guide, this.flow(), dossier.facts, interview, this.now) : interview.pending;
    if (step) {
      this.setInterview({ ...interview, pending: step, done: false, misses: 0 });
      this.repeatQuestion();
      return;
    }
    const { pending: _pending, ...rest } = interview;
    this.setInterview({ ...rest, done: true, misses: 0 });
    this.tellResult();
  }

  /** Skips a bundle: none of its facts is known. */
  skipAll(paths: readonly string[]): void {
    const guide = this.guide();
    const interview = openInterview(this.dossier());
    if (!guide || !interview) return;
    this.setDossier(give(guide, this.dossier(), interview, paths.map((path) => ({ path, value: null }))));
    this.proceed();
  }

  tellResult(): void {
    const view = this.view();
    if (!view) return;
    const { say } = this.kit.script;
    const told = this.flow().id === 'estimate' ? say.estimate(view) : say.verdict(view);
    const { programme } = view.guide;
    const result = {
      program: programme.id,
      now: new Date(this.now).toISOString(),
      ...check(programme, view.facts, this.now, view.verdict),
    };
    this.say({ text: told.main, result }, told.next);
  }

  prepared(): Prepared | undefined {
    const guide = this.guide();
    const dossier = this.dossier();
    const pending = openInterview(dossier)?.pending;
    if (!guide || !pending) return undefined;
    const { interview, facts } = dossier;
    const changing = interview?.editing === undefined ? undefined : interview.asked[interview.editing];
    const paths = changing?.before.map((one) => one.path);
    const shown = paths && changing?.step.kind === 'bundle' ? withoutFacts(facts, paths) : facts;
    return prepare(guide, pending, shown, this.now, this.kit.script.ask, paths);
  }

  /** The pending question once more; the place is found again when the data no longer has the step. */
  repeatQuestion(): void {
    const guide = this.guide();
    const interview = openInterview(this.dossier());
    if (!guide || !interview) return;
    if (interview.size) return;
    const prepared = this.prepared();
    if (prepared) this.say(askReply(guide, prepared, numberOf(interview, prepared.step)));
    else if (interview.pending) {
      const { pending: _gone, editing: _edit, ...rest } = interview;
      this.setInterview(rest);
      this.proceed();
    }
  }

  /** Whom to call at a named place; places outside every programme are said to be so. */
  contactFor(text: string, found: readonly FoundPlace[]): void {
    const { say } = this.kit.script;
    const places = found.flatMap((one) => one.places);
    const inside = places.filter((place) => place.city !== undefined && place.programme !== undefined);
    const cities = [...new Set(inside.map((place) => place.city ?? ''))];
    if (cities.length > 1) this.say(say.cityAmbiguous(text, cities));
    else {
      const [place] = inside;
      const guide = this.kit.guides.get(place?.programme ?? '') ?? this.guide();
      const name = places[0]?.name ?? text;
      if (!place) this.say(guide ? say.outside(name, guide) : say.cityUnknown(text, undefined));
      else {
        this.useProgramme(place.programme ?? '');
        this.keepCity(place.city ?? '');
        const view = this.view();
        if (view) this.say(say.contact(view, place.city));
      }
    }
    this.repeatQuestion();
  }

  /** Nothing was understood: what is expected, an example, the question again; never more than twice the same. */
  notUnderstood(text: string): void {
    const { say } = this.kit.script;
    const interview = openInterview(this.dossier());
    const prepared = this.prepared();
    const view = this.view();
    if (!interview || !prepared) {
      this.say(say.fallback(text, view));
      return;
    }
    this.setInterview({ ...interview, misses: interview.misses + 1 });
    if (interview.misses >= 2 && view) {
      this.say({ text: say.stuck(view) });
      return;
    }
    this.say({ text: say.notUnderstood(text, prepared.kind, prepared.example) });
    this.repeatQuestion();
  }
}
