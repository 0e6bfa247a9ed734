import type { Programme } from './compile.ts';
import type { Context } from './evaluate.ts';

export interface ChecklistItem {
  readonly id: string;
  readonly name: string;
  readonly clause: string;
  readonly per: 'application' | 'service' | 'project';
  readonly format: string | undefined;
  readonly note: string | undefined;
  readonly advised: boolean;
  /** The papers of which one suffices, with whether each is in hand and counts here. */
  readonly anyOf: readonly {
    readonly id: string;
    readonly name: string;
    readonly inHand: boolean;
    readonly counts: boolean;
  }[];
  readonly inHand: boolean;
}

export interface Checklist {
  readonly id: string;
  readonly name: string;
  readonly clause: string;
  readonly copies: string | undefined;
  readonly format: string | undefined;
  readonly handIn: string | undefined;
  readonly items: readonly ChecklistItem[];
}

const held = (context: Context, id: string): boolean => context.facts.top[`documents_in_hand[${id}]`] === true;

/** The checklist of the stage at hand, item by item; undefined when no checked set applies. */
export function checklist(programme: Programme, context: Context): Checklist | undefined {
  const found = programme.documents.find((entry) => entry.set.checked && (entry.when?.eval(context) ?? 1) === 1);
  const chosen =
    found ?? programme.documents.find((entry) => entry.set.checked && (entry.when?.eval(context) ?? 1) === 0);
  return chosen && build(chosen, context);
}

function build(entry: Programme['documents'][number], context: Context): Checklist {
  const { set } = entry;
  const items = entry.items
    .filter((one) => (one.when?.eval(context) ?? 1) !== -1)
    .map(({ item, anyOf }) => {
      const names = new Map((item.any_of ?? []).map((one) => [one.id, one.name]));
      const options = anyOf.map(({ id, when }) => ({
        id,
        name: names.get(id) ?? id,
        inHand: held(context, id),
        counts: when.eval(context) === 1,
      }));
      const inHand = anyOf.length > 0 ? options.some((one) => one.counts && one.inHand) : held(context, item.id);
      return {
        id: item.id,
        name: item.name,
        clause: item.clause,
        per: item.per,
        format: item.format,
        note: item.note,
        advised: item.advised,
        anyOf: options,
        inHand,
      };
    });
  return {
    id: set.id,
    name: set.name,
    clause: set.clause,
    copies: set.copies,
    format: set.format,
    handIn: set.hand_in,
    items,
  };
}

/** Ids of the papers still missing, in checklist order; papers nobody named count as missing. */
export function missingDocuments(list: Checklist | undefined): string[] {
  return (list?.items ?? []).filter((item) => !item.advised && !item.inHand).map((item) => item.id);
}
