import {
  advise,
  civilDateOf,
  NO_FACTS,
  withFacts,
  type Advice,
  type Assignment,
  type Contact,
  type Facts,
  type Verdict,
} from '../policy/index.ts';
import { findPlaces } from '../understanding/index.ts';
import { certainPlace } from './freetext.ts';
import type { Guide } from './guide.ts';
import type { Kit } from './kit.ts';
import type { Reply } from './reply.ts';
import type { View } from './script.ts';
import { verdictOf } from './situation.ts';
import type { ChatState, Dossier, Enterprise, Interview } from './state.ts';
import type { Flow } from './flow.ts';
import { NO_ASIDE, type Aside } from './staff/desk.ts';

/** A free question kept for the operator, without names and numbers. */
export interface Kept {
  readonly question: string;
  /** What was answered: the id of an answer or a clause. */
  readonly answer: string | undefined;
  readonly why: 'unanswered' | 'bad';
}

/** One message being handled: the state as it changes, and the replies as they are said. */
export class Turn {
  readonly kit: Kit;
  readonly now: number;
  readonly newId: string;
  readonly aside: Aside;
  readonly replies: Reply[] = [];
  kept: Kept | undefined;
  state: ChatState;

  constructor(kit: Kit, state: ChatState, now: number, newId: string, aside: Aside = NO_ASIDE) {
    this.kit = kit;
    this.state = state;
    this.now = now;
    this.newId = newId;
    this.aside = aside;
  }

  say(...replies: readonly Reply[]): void {
    this.replies.push(...replies.filter((reply) => reply.text !== ''));
  }

  /** A question that the operator should see. */
  keep(kept: Kept): void {
    this.kept = kept;
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
    this.setDossier({ ...this.dossier(), interview });
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
    return guide && new TurnView(guide, this);
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
}

/** What answers look at, as the turn stands; most of it is worked out only for those that ask. */
class TurnView implements View {
  readonly guide: Guide;
  readonly state: ChatState;
  readonly enterprise: Enterprise | undefined;
  readonly dossier: Dossier;
  readonly facts: Facts;
  readonly now: number;
  readonly today: string;
  readonly contacts: readonly Contact[];

  constructor(guide: Guide, turn: Turn) {
    this.guide = guide;
    this.state = turn.state;
    this.enterprise = turn.enterprise();
    this.dossier = turn.dossier();
    this.facts = this.dossier.facts;
    this.now = turn.now;
    this.today = civilDateOf(turn.now);
    this.contacts = turn.contacts(guide, turn.cityOf(guide));
  }

  get verdict(): Verdict {
    return verdictOf(this.guide, this.facts, this.now);
  }

  readonly advice = (): readonly Advice[] => advise(this.guide.programme, this.facts, this.now);
}
