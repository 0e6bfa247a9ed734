import type { Reply } from '../../dialogue/reply.ts';
import type { Standing } from '../../dialogue/staff/desk.ts';
import type { ChatDoc } from '../chatdoc.ts';
import type { Account } from '../outports.ts';
import type { Log, Store } from '../ports.ts';
import type { Records } from '../records/documents.ts';
import type { BureauLimits } from '../staff/limits.ts';
import type { Offices } from '../staff/offices.ts';
import type { Roles } from '../staff/roles.ts';

/** What is said to enterprises and officers unasked; see conversations/broadcast.ts. */
export interface BroadcastWords {
  readonly recipient: (office: string, text: string, note: string) => Reply;
  readonly marked: (office: string, name: string, mark: 'received' | 'returned', lacks: string) => Reply;
  readonly finished: (standing: Standing, now: number) => Reply;
  readonly approvalWanted: (id: string, office: string) => Reply;
}

export interface BroadcastDeps {
  readonly chats: Store<ChatDoc>;
  readonly records: Records;
  readonly offices: Offices;
  readonly roles: Roles;
  readonly limits: BureauLimits;
  readonly words: BroadcastWords;
  /** What bounds the account of a channel that is sent by this process; undefined for others. Default: nothing does. */
  readonly account?: (channel: string) => Account | undefined;
  /** A new id at every call, rising. */
  readonly ids: () => string;
  readonly log: Log;
}
