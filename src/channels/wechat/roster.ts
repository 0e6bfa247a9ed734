import { bounded } from './bounded.ts';
import { handleOf, type Puppet } from './puppet.ts';

/** How long (ms) the puppet may take for the list, and for one contact of it. */
const LIST_MS = 20_000;
const AT_ONCE = 8;

/** The contacts of the present login, looked up when somebody asks for the first time. */
export class Roster {
  private puppet: Puppet | undefined;
  private ids: Promise<ReadonlySet<string>> | undefined;
  private handles: Promise<ReadonlyMap<string, string>> | undefined;

  /** A login: nothing that was known of an earlier one holds. */
  login(puppet: Puppet): void {
    this.puppet = puppet;
    this.ids = undefined;
    this.handles = undefined;
  }

  /** Whether somebody of the present login has the id; true when that cannot be found out. */
  async has(id: string): Promise<boolean> {
    try {
      return (await this.list()).has(id);
    } catch {
      this.ids = undefined;
      return true;
    }
  }

  /** The id that the owner of a handle has in the present login; undefined when that cannot be found out. */
  async idOf(handle: string): Promise<string | undefined> {
    this.handles ??= this.index();
    try {
      return (await this.handles).get(handle);
    } catch {
      this.handles = undefined;
      return undefined;
    }
  }

  private list(): Promise<ReadonlySet<string>> {
    const { puppet } = this;
    if (!puppet) return Promise.reject(new Error('nobody is logged in'));
    this.ids ??= bounded(LIST_MS, () => puppet.contactList()).then((ids) => new Set(ids));
    return this.ids;
  }

  private async index(): Promise<ReadonlyMap<string, string>> {
    const { puppet } = this;
    const found = new Map<string, string>();
    const ids = [...(await this.list())];
    for (let from = 0; from < ids.length; from += AT_ONCE)
      await Promise.all(
        ids.slice(from, from + AT_ONCE).map(async (id) => {
          const person = await bounded(LIST_MS, () => puppet?.contactPayload(id)).catch(() => undefined);
          const handle = person && handleOf(person);
          if (handle !== undefined) found.set(handle, id);
        }),
      );
    return found;
  }
}
