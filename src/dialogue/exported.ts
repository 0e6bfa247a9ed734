import { settings } from './ask.ts';
import type { Turn } from './turn.ts';

/** What is kept of this chat, in the outside form: names of facts, money in yuan. */
export function exportText(turn: Turn): string {
  const enterprises = turn.state.enterprises.map((one) => ({
    ...(one.name === undefined ? {} : { name: one.name }),
    ...(one.city === undefined ? {} : { city: one.city }),
    dossiers: Object.fromEntries(
      Object.entries(one.dossiers).map(([id, dossier]) => {
        const guide = turn.kit.guides.get(id);
        const flat = [
          ...Object.entries(dossier.facts.top),
          ...dossier.facts.services.flatMap((service, i) =>
            Object.entries(service).map(([path, value]) => [path.replace('[]', `[${String(i)}]`), value] as const),
          ),
        ].flatMap(([path, value]) => (value === undefined ? [] : [{ path, value }]));
        return [id, { facts: guide ? settings(guide, flat) : {}, progress: dossier.progress ?? null }];
      }),
    ),
  }));
  const { programme = null, remind, consents, stopped, own } = turn.state;
  const said = Object.entries(consents ?? {}).map(([which, { given = null, at, wording }]) => [
    which,
    { given, at: new Date(at).toISOString(), wording },
  ]);
  return JSON.stringify(
    {
      programme,
      remind,
      ...(consents === undefined ? {} : { consents: Object.fromEntries(said) as object }),
      ...(stopped === undefined ? {} : { stopped: new Date(stopped).toISOString() }),
      ...(own === undefined ? {} : { own: own.map(({ at, text }) => ({ at: new Date(at).toISOString(), text })) }),
      enterprises,
    },
    null,
    1,
  );
}
