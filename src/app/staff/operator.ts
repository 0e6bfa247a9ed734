import { isStopped } from '../../outreach/audience.ts';
import { control } from '../broadcast/control.ts';
import { listKey } from '../broadcast/members.ts';
import { standingOf } from '../broadcast/report.ts';
import { stageOf } from '../broadcast/stage.ts';
import type { Post, RosterRow } from '../records/kinds.ts';
import type { DeskDeps } from './desk.ts';
import { allSeen, seenOf } from './papers.ts';

/** The verbs of the bureau command. Whoever may give them has the machine: nothing is refused but what makes no sense. */

export type OperatorRequest =
  | { readonly verb: 'invite'; readonly city?: string; readonly province?: true; readonly programme?: string }
  | { readonly verb: 'staff' | 'broadcasts' }
  | { readonly verb: 'revoke'; readonly chat: string }
  | { readonly verb: 'enterprises' | 'export'; readonly city?: string; readonly programme?: string }
  | { readonly verb: 'import'; readonly rows: readonly RosterRow[] }
  | { readonly verb: 'pause' | 'resume' | 'cancel'; readonly id: string }
  | { readonly verb: 'questions'; readonly clear?: true }
  | { readonly verb: 'audit'; readonly limit?: number };

/** Why a request makes no sense; `path` names the part of it. */
export type OperatorFault = 'no-city' | 'no-programme' | 'no-staff' | 'not-found' | 'not-now' | 'no-rows';

export type OperatorAnswer =
  | { readonly kind: 'done'; readonly result: object }
  | { readonly kind: 'refused'; readonly path: string; readonly why: OperatorFault; readonly on?: string };

const AUDIT_SHOWN = 200;
const WHO = 'operator';

export class Operator {
  private readonly deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.deps = deps;
  }

  /** Carries a request out at `now` (UTC ms), and notes it. @throws the store's error. */
  async run(request: OperatorRequest, now: number): Promise<OperatorAnswer> {
    const answer = await this.work(request, now);
    const on = onOf(request);
    const result = answer.kind === 'done' ? 'done' : answer.why;
    await this.deps.audit({ at: now, who: WHO, what: request.verb, ...(on === undefined ? {} : { on }), result });
    return answer;
  }

  private async work(request: OperatorRequest, now: number): Promise<OperatorAnswer> {
    switch (request.verb) {
      case 'invite':
        return this.invite(request, now);
      case 'staff':
        return done({ staff: (await this.deps.roles.everybody()).map((one) => this.staffLine(one)) });
      case 'revoke': {
        const was = await this.deps.roles.revoke(request.chat, now);
        return was ? done({ revoked: request.chat }) : refused('chat', 'no-staff', request.chat);
      }
      case 'enterprises':
      case 'export':
        return this.enterprises(request, now);
      case 'import':
        return this.import(request.rows, now);
      case 'broadcasts':
        return this.broadcasts(now);
      case 'pause':
      case 'resume':
      case 'cancel':
        return this.control(request.id, request.verb, now);
      case 'questions':
        return this.questions(request.clear === true);
      case 'audit': {
        const ids = (await this.deps.records.ids('audit')).slice(-(request.limit ?? AUDIT_SHOWN));
        const lines = await Promise.all(ids.map((id) => this.deps.records.read('audit', id)));
        return done({
          audit: lines.flatMap((line) => {
            if (!line) return [];
            const { record: _record, v: _v, at, ...rest } = line;
            return { at: new Date(at).toISOString(), ...rest };
          }),
        });
      }
    }
  }

  private async invite(
    { city, province, programme }: Extract<OperatorRequest, { verb: 'invite' }>,
    now: number,
  ): Promise<OperatorAnswer> {
    const { offices, roles } = this.deps;
    if (programme !== undefined && !offices.programme(programme)) return refused('programme', 'no-programme', programme);
    const post = province ? offices.provincePost(programme) : offices.cityPost(city ?? '', programme);
    if (!post) return province ? refused('programme', 'no-programme') : refused('city', 'no-city', city ?? '');
    const { code, expires } = await roles.invite(post, now);
    return done({ code, office: offices.officeOf(post).name, expires: new Date(expires).toISOString() });
  }

  private staffLine({ chat, post, at, revoked }: { chat: string; post: Post; at: number; revoked?: number }): object {
    return {
      ...{ chat, ...post, office: this.deps.offices.officeOf(post).name, since: new Date(at).toISOString() },
      ...(revoked === undefined ? {} : { revoked: new Date(revoked).toISOString() }),
    };
  }

  /** The posts that a request is about: one city, or every programme's cities. */
  private posts(city: string | undefined, programme: string | undefined): readonly Post[] | undefined {
    const { offices } = this.deps;
    if (city === undefined) return offices.programmesPosts().filter(({ programme: id }) => programme === undefined || id === programme);
    const post = offices.cityPost(city, programme);
    return post && [post];
  }

  private async enterprises(
    { city, programme }: Extract<OperatorRequest, { verb: 'enterprises' | 'export' }>,
    now: number,
  ): Promise<OperatorAnswer> {
    const posts = this.posts(city, programme);
    if (!posts) return refused('city', 'no-city', city ?? '');
    const enterprises: object[] = [];
    for (const post of posts) {
      const office = this.deps.offices.officeOf(post);
      const known = await allSeen(this.deps, office, now);
      const seen = new Set(known.map(({ member }) => listKey(member.city ?? '', member.enterprise.name ?? '')));
      const rows = await this.rosterOf(post.programme, office.cities);
      const byName = new Map(rows.map((row) => [listKey(row.city, row.name), row]));
      for (const one of known) {
        const { name, city: where, progress, missing } = seenOf(one);
        const row = byName.get(listKey(where, name));
        enterprises.push({ name, city: where, progress, missing, connected: true, ...contactOf(row) });
      }
      for (const row of rows)
        if (!seen.has(listKey(row.city, row.name)))
          enterprises.push({ name: row.name, city: row.city, progress: '', missing: [], connected: false, ...contactOf(row) });
    }
    return done({ enterprises });
  }

  private async rosterOf(programme: string, cities: readonly string[]): Promise<readonly RosterRow[]> {
    const rosters = await Promise.all(cities.map((city) => this.deps.records.read('roster', `${programme}/${city}`)));
    return rosters.flatMap((roster) => roster?.rows ?? []);
  }

  /** Replaces the lists of the cities that occur, and tells who of them can be written to. */
  private async import(rows: readonly RosterRow[], now: number): Promise<OperatorAnswer> {
    const { offices, records } = this.deps;
    if (rows.length === 0) return refused('file', 'no-rows');
    const byPost = new Map<string, { post: Post; rows: RosterRow[] }>();
    for (const [index, row] of rows.entries()) {
      const post = offices.cityPost(row.city);
      if (post?.city === undefined) return refused(`rows[${String(index)}].city`, 'no-city', row.city);
      const key = `${post.programme}/${post.city}`;
      const own = byPost.get(key) ?? { post, rows: [] };
      own.rows.push({ ...row, city: post.city });
      byPost.set(key, own);
    }
    const reachable: object[] = [];
    const call: object[] = [];
    for (const [key, own] of byPost) {
      await records.put('roster', key, { record: 'roster', v: 1, at: now, rows: own.rows });
      const known = await allSeen(this.deps, offices.officeOf(own.post), now);
      const can = new Set(
        known
          .filter(({ doc }) => !isStopped(doc.state) && doc.reach === undefined)
          .map(({ member }) => listKey(member.city ?? '', member.enterprise.name ?? '')),
      );
      for (const row of own.rows) {
        if (can.has(listKey(row.city, row.name))) reachable.push({ name: row.name, city: row.city });
        else call.push({ name: row.name, city: row.city, ...contactOf(row) });
      }
    }
    return done({ imported: rows.length, reachable, call });
  }

  private async broadcasts(now: number): Promise<OperatorAnswer> {
    const all = (await this.deps.records.all('broadcast')).map(({ doc }) => doc).sort((a, b) => b.at - a.at);
    const lines = [];
    for (const record of all) {
      const { mine: _mine, at, startsAt, call: _call, ...standing } = await standingOf(this.deps, record, WHO, now);
      const times = { at: new Date(at).toISOString(), starts: new Date(startsAt).toISOString() };
      lines.push({ ...standing, by: record.by, ...times });
    }
    return done({ broadcasts: lines });
  }

  private async control(id: string, verb: 'pause' | 'resume' | 'cancel', now: number): Promise<OperatorAnswer> {
    const controlled = await control(this.deps, id, verb, now);
    if (!controlled.ok) return refused('id', controlled.why === 'not-found' ? 'not-found' : 'not-now', id);
    this.deps.broadcasts.note(controlled.record);
    return done({ id, stage: stageOf(controlled.record, now) });
  }

  private async questions(clear: boolean): Promise<OperatorAnswer> {
    const all = await this.deps.records.all('question');
    if (clear) for (const { id } of all) await this.deps.records.remove('question', id);
    const questions = all.map(({ doc }) => {
      const { at, question, answer, why } = doc;
      return { at: new Date(at).toISOString(), question, ...(answer === undefined ? {} : { answer }), why };
    });
    return done({ questions, ...(clear ? { cleared: all.length } : {}) });
  }
}

function contactOf(row: RosterRow | undefined): object {
  return {
    ...(row?.contact === undefined ? {} : { contact: row.contact }),
    ...(row?.phone === undefined ? {} : { phone: row.phone }),
  };
}

function done(result: object): OperatorAnswer {
  return { kind: 'done', result };
}

function refused(path: string, why: OperatorFault, on?: string): OperatorAnswer {
  return { kind: 'refused', path, why, ...(on === undefined ? {} : { on }) };
}

function onOf(request: OperatorRequest): string | undefined {
  if (request.verb === 'revoke') return request.chat;
  if ('id' in request) return request.id;
  return 'city' in request ? request.city : undefined;
}
