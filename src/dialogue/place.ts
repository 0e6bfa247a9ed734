import { fold, type FoundPlace } from '../understanding/index.ts';
import { repeatQuestion } from './asking.ts';
import type { Turn } from './turn.ts';

/**
 * Whom to call at a named place; places outside every programme are said to be so. To ask about a place says nothing
 * about the enterprise: its city is kept only when `mine` says so, or when none is known and the place was all there was.
 */
export function contactFor(turn: Turn, text: string, found: readonly FoundPlace[], mine = false): void {
  const { say } = turn.kit.script;
  const places = found.flatMap((one) => one.places);
  const inside = places.filter((place) => place.city !== undefined && place.programme !== undefined);
  const cities = [...new Set(inside.map((place) => place.city ?? ''))];
  const [place] = inside;
  if (cities.length > 1) turn.say(say.cityAmbiguous(text, cities));
  else if (!place) {
    const guide = turn.guide();
    turn.say(guide ? say.outside(places[0]?.name ?? text, guide) : say.cityUnknown(text, undefined));
  } else {
    const bare = found.some((one) => one.name === fold(text));
    tell(turn, place.programme ?? '', place.city ?? '', mine ? 'mine' : bare ? 'bare' : 'asked');
  }
  repeatQuestion(turn);
}

function tell(turn: Turn, programme: string, city: string, how: 'mine' | 'bare' | 'asked'): void {
  const chosen = turn.state.programme;
  // Another programme's directory is looked into without leaving this one.
  const elsewhere = how !== 'mine' && chosen !== undefined && chosen !== programme;
  const before = turn.state;
  turn.useProgramme(programme);
  const guide = turn.guide();
  if (!elsewhere && guide && (how === 'mine' || (how === 'bare' && turn.cityOf(guide) === undefined)))
    turn.keepCity(city);
  const view = turn.view();
  if (view) turn.say(turn.kit.script.say.contact(view, city));
  if (elsewhere) turn.state = before;
}
