import type { FoundPlace } from '../understanding/index.ts';
import { repeatQuestion } from './asking.ts';
import type { Turn } from './turn.ts';

/** Whom to call at a named place; places outside every programme are said to be so. */
export function contactFor(turn: Turn, text: string, found: readonly FoundPlace[]): void {
  const { say } = turn.kit.script;
  const places = found.flatMap((one) => one.places);
  const inside = places.filter((place) => place.city !== undefined && place.programme !== undefined);
  const cities = [...new Set(inside.map((place) => place.city ?? ''))];
  if (cities.length > 1) turn.say(say.cityAmbiguous(text, cities));
  else {
    const [place] = inside;
    const guide = turn.kit.guides.get(place?.programme ?? '') ?? turn.guide();
    const name = places[0]?.name ?? text;
    if (!place) turn.say(guide ? say.outside(name, guide) : say.cityUnknown(text, undefined));
    else {
      turn.useProgramme(place.programme ?? '');
      turn.keepCity(place.city ?? '');
      const view = turn.view();
      if (view) turn.say(say.contact(view, place.city));
    }
  }
  repeatQuestion(turn);
}
