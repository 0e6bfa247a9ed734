import type { Programme } from '../../policy/index.ts';
import type { Office } from '../../dialogue/staff/desk.ts';
import type { Post } from '../records/kinds.ts';

/** A place as data/places has it, as far as offices are concerned. */
interface OfficePlace {
  readonly name: string;
  readonly city?: string | undefined;
  readonly programme?: string | undefined;
  readonly aliases?: readonly string[] | undefined;
}

/** The programmes, compiled when one is first asked for. */
export interface Programmes {
  readonly get: (id: string) => Programme | undefined;
  readonly ids: () => readonly string[];
}

/** The offices there can be: one for each city of a programme, and its province. */
export class Offices {
  private readonly programmes: Programmes;
  private readonly places: () => readonly OfficePlace[];

  constructor(programmes: Programmes, places: () => readonly OfficePlace[]) {
    this.programmes = programmes;
    this.places = places;
  }

  programme(id: string): Programme | undefined {
    return this.programmes.get(id);
  }

  /** The posts for everything there is, a programme each. */
  programmesPosts(): readonly Post[] {
    return this.programmes.ids().map((programme) => ({ programme }));
  }

  /** The cities of a programme, in the order of the data. */
  cities(programme: string): readonly string[] {
    const own = this.places().filter((place) => place.programme === programme);
    return [...new Set(own.flatMap(({ city }) => city ?? []))];
  }

  /** The post for a city by its name or another that means it; undefined when the data has no such city. */
  cityPost(name: string, programme?: string): Post | undefined {
    const place = this.places().find(
      (one) =>
        one.city !== undefined &&
        (programme === undefined || one.programme === programme) &&
        (one.city === name || (one.aliases?.includes(name) === true && this.isCity(one))),
    );
    return place?.city === undefined || place.programme === undefined
      ? undefined
      : { programme: place.programme, city: place.city };
  }

  /** The post for all cities of a programme: of the one named, else of the only one that has several. */
  provincePost(programme?: string): Post | undefined {
    const ids = this.programmes.ids().filter((id) => this.cities(id).length > 1);
    const id = programme ?? (ids.length === 1 ? ids[0] : undefined);
    return id !== undefined && this.programmes.ids().includes(id) ? { programme: id } : undefined;
  }

  /** What an office is, and which cities are its own. */
  officeOf({ programme, city }: Post): Office {
    const cities = city === undefined ? this.cities(programme) : [city];
    return { name: this.nameOf(programme, city), programme, cities, province: city === undefined };
  }

  private nameOf(programme: string, city: string | undefined): string {
    const files = this.programmes.get(programme)?.files;
    if (city === undefined) return files?.programme.issuer ?? '';
    return files?.contacts.entries.find((entry) => entry.serves.includes(city))?.organisation ?? `${city}科技局`;
  }

  private isCity({ name, city }: OfficePlace): boolean {
    return name === city || this.places().every((one) => one.name !== city);
  }
}
