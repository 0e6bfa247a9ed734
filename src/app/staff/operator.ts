import { control } from '../broadcast/control.ts';
import { briefOf } from '../broadcast/report.ts';
import { stageOf } from '../broadcast/stage.ts';
import type { Post } from '../records/kinds.ts';
import type { DeskDeps } from './desk.ts';
import { done, refused, type OperatorAnswer, type OperatorRequest } from './request.ts';
import { enterprisesOf, importRoster } from './rosters.ts';

/** The verbs of the bureau command. Whoever may give them has the machine: nothing is refused but what makes no sense. */

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
    await this.deps.audit({ at: now, who: WHO, what: request.verb, ...(on && { on }), result });
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
        return enterprisesOf(this.deps, request, now);
      case 'import':
        return importRoster(this.deps, request.rows, now);
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
    if (programme !== undefined && !offices.programme(programme))
      return refused('programme', 'no-programme', programme);
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

  private async broadcasts(now: number): Promise<OperatorAnswer> {
    const all = (await this.deps.records.all('broadcast')).map(({ doc }) => doc).sort((a, b) => b.at - a.at);
    const lines = [];
    for (const record of all) {
      const {
        mine: _mine,
        at,
        startsAt,
        call: _call,
        calls: _calls,
        callFrom: _from,
        ...standing
      } = await briefOf(...([this.deps, record, WHO, now] as const));
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

function onOf(request: OperatorRequest): string | undefined {
  if (request.verb === 'revoke') return request.chat;
  if ('id' in request) return request.id;
  return 'city' in request ? request.city : undefined;
}
