import { createHash, randomBytes } from 'node:crypto';
import type { BindOutcome } from '../../dialogue/staff/desk.ts';
import type { Change } from '../ports.ts';
import type { Records } from '../records/documents.ts';
import type { InviteRecord, Post, StaffRecord } from '../records/kinds.ts';
import type { BureauLimits } from './limits.ts';
import type { Audit } from './audit.ts';
import type { Offices } from './offices.ts';

/** Who is staff: invitations, what becomes of their codes, and revocation. */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 5 bits each: 100 bits of chance. */
const CODE_LENGTH = 20;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

export interface RolesDeps {
  readonly records: Records;
  readonly offices: Offices;
  readonly limits: BureauLimits;
  readonly audit: Audit;
}

/** A code in the form in which it is hashed: letters that look like digits are read as these. */
function plainCode(code: string): string {
  const plain = code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
  return plain.replaceAll('O', '0').replace(/[IL]/g, '1');
}

function hashOf(code: string): string {
  return createHash('sha256').update(plainCode(code)).digest('hex');
}

function newCode(): string {
  const chars = [...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length] ?? '');
  return chars.join('').replace(/(.{5})(?=.)/g, '$1-');
}

export class Roles {
  private readonly deps: RolesDeps;

  constructor(deps: RolesDeps) {
    this.deps = deps;
  }

  /** Makes an invitation; the code is given out here and never again. */
  async invite(post: Post, now: number): Promise<{ readonly code: string; readonly expires: number }> {
    const { records, limits } = this.deps;
    const code = newCode();
    const expires = now + limits.invite_hours * HOUR_MS;
    await records.put('invite', hashOf(code), { record: 'invite', v: 1, post, at: now, expires });
    return { code, expires };
  }

  /** The role of a chat as it is now: undefined for none, and `revoked` for one that was taken back. */
  async staff(chat: string): Promise<StaffRecord | 'revoked' | undefined> {
    const found = await this.deps.records.read('staff', chat);
    return found?.revoked === undefined ? found : 'revoked';
  }

  /** Everybody who is, or was, staff. */
  async everybody(): Promise<StaffRecord[]> {
    return (await this.deps.records.all('staff')).map(({ doc }) => doc);
  }

  /** Takes a role back. @returns whether there was one. */
  revoke(chat: string, now: number): Promise<boolean> {
    return this.deps.records.update('staff', chat, (doc) =>
      doc && doc.revoked === undefined ? { doc: { ...doc, revoked: now }, result: true } : { result: false },
    );
  }

  /** Makes the chat staff by a code. In a group the code is void from now on: everybody there has read it. */
  async bind(chat: string, code: string, group: boolean, now: number): Promise<BindOutcome> {
    const { audit, offices } = this.deps;
    const outcome = await this.tryCode(chat, code, group, now);
    const post = typeof outcome === 'object' ? outcome : undefined;
    const result = post ? 'done' : (outcome as string);
    await audit({ at: now, who: chat, what: 'bind', ...(post && { on: post.city ?? post.programme }), result });
    if (post) return { kind: 'bound', office: offices.officeOf(post).name };
    return { kind: outcome as Exclude<BindOutcome['kind'], 'bound'> };
  }

  private async tryCode(
    chat: string,
    code: string,
    group: boolean,
    now: number,
  ): Promise<Post | Exclude<BindOutcome['kind'], 'bound'>> {
    const { records } = this.deps;
    if (group) {
      await this.spoil(code);
      return 'group';
    }
    if (await this.isLimited(chat, now)) return 'limited';
    const invite = hashOf(code);
    const taken = await records.update<'invite', Taken>('invite', invite, (doc) => take(doc, chat, now));
    if (typeof taken === 'string') {
      // A code that is no code is a guess; an old one was given to somebody.
      if (taken === 'wrong') await this.miss(chat, now);
      return taken;
    }
    const bound = await records.update<'staff', boolean>('staff', chat, (doc) => {
      // The same code again: the message was repeated, or the role has been taken back since.
      if (doc?.invite === invite) return { result: doc.revoked === undefined };
      return { doc: { record: 'staff', v: 1, chat, post: taken.post, at: now, invite }, result: true };
    });
    return bound ? taken.post : 'used';
  }

  private spoil(code: string): Promise<void> {
    return this.deps.records.update('invite', hashOf(code), (doc) => ({
      doc: doc && !doc.used ? { ...doc, void: true } : undefined,
      result: undefined,
    }));
  }

  private async isLimited(chat: string, now: number): Promise<boolean> {
    const { records, limits } = this.deps;
    const since = now - limits.bind.window_minutes * MINUTE_MS;
    const recent = async (id: string): Promise<number> => {
      const misses = (await records.read('limit', id))?.misses ?? [];
      // A clock that was set back does not open the door.
      return misses.filter((at) => at > since).length;
    };
    return (await recent(`bind/${chat}`)) >= limits.bind.per_chat || (await recent('bind')) >= limits.bind.overall;
  }

  private async miss(chat: string, now: number): Promise<void> {
    const { records, limits } = this.deps;
    const most = { bind: limits.bind.overall, [`bind/${chat}`]: limits.bind.per_chat };
    for (const [id, kept] of Object.entries(most))
      await records.update('limit', id, (doc) => ({
        doc: { record: 'limit', v: 1, misses: [...(doc?.misses ?? []), now].slice(-kept) },
        result: undefined,
      }));
  }
}

type Taken = InviteRecord | 'wrong' | 'used' | 'expired';

function take(doc: InviteRecord | undefined, chat: string, now: number): Change<InviteRecord, Taken> {
  if (!doc) return { result: 'wrong' };
  if (doc.void) return { result: 'used' };
  // Begun before a crash: what it was to lead to may be missing.
  if (doc.used) return { result: doc.used.chat === chat ? doc : 'used' };
  if (now >= doc.expires) return { result: 'expired' };
  const used = { ...doc, used: { chat, at: now } };
  return { doc: used, result: used };
}
