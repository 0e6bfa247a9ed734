import type { DeskCall, DeskCalls, DeskKind, Office, Refusal, Standing, Told } from '../../dialogue/staff/desk.ts';
import { control, approve, type Controlled, type Verb } from '../broadcast/control.ts';
import type { Broadcasts } from '../broadcast/broadcasts.ts';
import type { BroadcastDeps } from '../broadcast/deps.ts';
import { countedOf, gather, previewOf } from '../broadcast/draft.ts';
import { briefOf, standingOf } from '../broadcast/report.ts';
import { confirm } from '../broadcast/send.ts';
import { askForApproval, covers } from '../broadcast/approval.ts';
import type { BroadcastRecord, Post } from '../records/kinds.ts';
import type { Audit } from './audit.ts';
import type { OfficeDates } from './dates.ts';
import { markPapers, seenList } from './papers.ts';

/** Answers what the conversation with staff asks for: the one place where rights are checked, and everything is noted. */

export interface DeskDeps extends BroadcastDeps {
  readonly broadcasts: Broadcasts;
  readonly audit: Audit;
  readonly dates: OfficeDates;
}

/** Who asks, from where, and when (UTC ms). */
export interface Asker {
  readonly chat: string;
  readonly group: boolean;
  readonly now: number;
}

/** An officer, with what is theirs. */
interface Officer {
  readonly post: Post;
  readonly office: Office;
}

type Guarded = Exclude<DeskKind, 'bind'>;
/** What a call that was allowed gives. */
type Answered = Extract<DeskCalls[Guarded]['output'], { readonly ok: true }>['value'];

export class Desk {
  private readonly deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.deps = deps;
  }

  /** The answer to one call. @throws the store's error. */
  async answer(call: DeskCall, asker: Asker): Promise<unknown> {
    const { chat, group, now } = asker;
    if (call.kind === 'bind') return this.deps.roles.bind(chat, call.input.code, group, now);
    const officer = await this.officer(asker);
    const told = typeof officer === 'string' ? refused(officer) : await this.work(call, asker, officer);
    await this.note(call, asker, told);
    return told;
  }

  private async officer({ chat, group }: Asker): Promise<Officer | Refusal> {
    if (group) return 'group';
    const staff = await this.deps.roles.staff(chat);
    if (staff === undefined || staff === 'revoked') return 'no-role';
    return { post: staff.post, office: this.deps.offices.officeOf(staff.post) };
  }

  private async note(
    call: Exclude<DeskCall, { kind: 'bind' }>,
    { chat, now }: Asker,
    told: Told<unknown>,
  ): Promise<void> {
    const what = call.kind === 'office' ? call.input.action : call.kind;
    const on = onOf(call);
    const result = told.ok ? 'done' : told.why;
    await this.deps.audit({ at: now, who: chat, what, ...(on && { on }), result });
  }

  private async work(
    call: Exclude<DeskCall, { kind: 'bind' }>,
    asker: Asker,
    officer: Officer,
  ): Promise<Told<Answered>> {
    const { deps } = this;
    const { chat, now } = asker;
    const { office, post } = officer;
    switch (call.kind) {
      case 'office':
        return { ok: true, value: office };
      case 'enterprises':
        return { ok: true, value: await seenList(deps, office, now) };
      case 'mark':
        return markPapers(deps, officer, call.input, now);
      case 'forwarded': {
        const settled = await deps.dates.settle(post, chat, call.input.done, now);
        return settled ? { ok: true, value: { office: office.name } } : refused('not-now');
      }
      case 'list':
        return { ok: true, value: await this.list(asker, office) };
      case 'report':
        return this.withTheirs(call.input.id, asker, office, async (value) => ({ ok: true, value }), call.input.part);
      case 'withdraw':
        return this.withdraw(call.input.id, asker);
      case 'pause':
      case 'resume':
      case 'cancel':
        return this.withTheirs(call.input.id, asker, office, (record) => this.controlled(record.id, call.kind, now));
      case 'approve':
        return this.withTheirs(call.input.id, asker, office, async (record) =>
          this.kept(await approve(deps, record.id, chat, call.input.hash, now)),
        );
      case 'review':
        return this.review(call.input.id, asker, office);
      case 'count':
      case 'preview':
      case 'send': {
        const { audience } = call.input;
        if (!covers(office, audience.programme, audience.cities)) return refused('other-city');
        if (call.kind === 'send') return this.send(call.input, asker, post);
        const found = await gather(deps, audience, now, call.kind === 'preview' ? call.input.text : undefined);
        if (call.kind === 'preview') return previewOf(deps, post, call.input, found, now);
        return { ok: true, value: countedOf(deps, audience, found) };
      }
    }
  }

  private async send(input: DeskCalls['send']['input'], { chat, now }: Asker, post: Post): Promise<Told<Standing>> {
    const told = await confirm(this.deps, chat, post, input, now);
    if (!told.ok) return told;
    await this.deps.broadcasts.look(input.id);
    if (told.value.stage === 'approval')
      await askForApproval(this.deps, input.id, chat, input.audience.cities, post, now);
    return told;
  }

  private async withdraw(id: string, asker: Asker): Promise<Told<Standing>> {
    const own = (await this.deps.records.all('broadcast')).map(({ doc }) => doc).filter(({ by }) => by === asker.chat);
    const latest = own.sort((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1));
    const wanted = latest.find((record) => (id === '' ? true : record.id === id));
    if (!wanted) return refused('not-found');
    return this.standing(await this.controlled(wanted.id, 'withdraw', asker.now), asker);
  }

  private async controlled(id: string, verb: Verb, now: number): Promise<Told<BroadcastRecord>> {
    return this.kept(await control(this.deps, id, verb, now));
  }

  private kept(controlled: Controlled): Told<BroadcastRecord> {
    if (!controlled.ok) return controlled;
    this.deps.broadcasts.note(controlled.record);
    return { ok: true, value: controlled.record };
  }

  /** Works on a broadcast if all of its cities are the officer's; of others nobody is told that they are there. */
  private async withTheirs(
    id: string,
    asker: Asker,
    office: Office,
    work: (record: BroadcastRecord) => Promise<Told<BroadcastRecord>>,
    part = 1,
  ): Promise<Told<Standing>> {
    const record = await this.theirs(id, office);
    return record ? this.standing(await work(record), asker, part) : refused('not-found');
  }

  private async theirs(id: string, office: Office): Promise<BroadcastRecord | undefined> {
    const record = id === '' ? undefined : await this.deps.records.read('broadcast', id);
    return record && covers(office, record.audience.programme, record.audience.cities) ? record : undefined;
  }

  private async standing(told: Told<BroadcastRecord>, { chat, now }: Asker, part = 1): Promise<Told<Standing>> {
    return told.ok ? { ok: true, value: await standingOf(this.deps, told.value, chat, now, part) } : told;
  }

  private async list({ chat, now }: Asker, office: Office): Promise<readonly Standing[]> {
    const all = (await this.deps.records.all('broadcast')).map(({ doc }) => doc);
    const theirs = all.filter(({ audience }) => covers(office, audience.programme, audience.cities));
    const newest = theirs.sort((a, b) => b.at - a.at).slice(0, this.deps.limits.broadcast.listed);
    return Promise.all(newest.map((record) => briefOf(this.deps, record, chat, now)));
  }

  private async review(id: string, { chat, now }: Asker, office: Office): Promise<DeskCalls['review']['output']> {
    const record = await this.theirs(id, office);
    if (!record) return refused('not-found');
    if (record.by === chat) return refused('own');
    if (record.state !== 'open' || !record.needsApproval || record.approved) return refused('not-now');
    const { audience, text, startsAt, hash, count } = record;
    const found = await gather(this.deps, audience, now, text);
    const wanted = { audience, text, ...(startsAt === undefined ? {} : { at: startsAt }) };
    const preview = await previewOf(this.deps, record.post, wanted, found, now);
    return preview.ok ? { ok: true, value: { ...preview.value, count, hash, cities: audience.cities } } : preview;
  }
}

function refused<Value>(why: Refusal): Told<Value> {
  return { ok: false, why };
}

function onOf(call: DeskCall): string | undefined {
  if ('audience' in call.input) return call.input.audience.cities.join(',').slice(0, 100);
  return 'id' in call.input && call.kind !== 'mark' ? call.input.id : undefined;
}
