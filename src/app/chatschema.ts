import * as z from 'zod';

/*
 * What a stored chat has to look like to be worked with. Names of facts and of steps are not looked up here: the data
 * may have changed since, and the place in an interview is found again.
 */

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const factRecord = z.record(z.string(), scalar);
const count = z.int().min(0);

const facts = z.object({ top: factRecord, services: z.array(factRecord), servicesGiven: z.boolean() });

const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('bundle'), id: z.string(), part: count.optional(), service: count.optional() }),
  z.object({
    kind: z.literal('question'),
    fact: z.string(),
    service: count.optional(),
    unsure: z.literal(true).optional(),
  }),
  z.object({ kind: z.literal('more'), service: count }),
]);

const before = z.array(z.object({ path: z.string(), value: scalar.optional() }));

const answered = z.object({
  step,
  before,
  opened: z.string().optional(),
});

const interview = z.object({
  flow: z.enum(['eligibility', 'estimate']),
  asked: z.array(answered),
  opened: z.array(z.string()),
  more: z.array(z.enum(['yes', 'no'])),
  pending: step.optional(),
  editing: count.optional(),
  confirm: z.array(z.object({ value: scalar, label: z.string() })).optional(),
  noted: z.object({ at: count, before }).optional(),
  misses: count,
  beside: count.optional(),
  done: z.boolean(),
  size: z
    .object({
      industry: z.string().optional(),
      employees: z.number().optional(),
      revenue: z.number().optional(),
      assets: z.number().optional(),
    })
    .optional(),
});

const enterprise = z.object({
  id: z.string().min(1),
  name: z.string().optional(),
  city: z.string().optional(),
  dossiers: z.record(z.string(), z.object({ facts, interview: interview.optional(), progress: z.string().optional() })),
});

const consent = z.object({ given: z.boolean().optional(), at: z.number(), wording: z.string() });

const state = z.object({
  v: z.literal(1),
  programme: z.string().optional(),
  enterprises: z.array(enterprise),
  current: count,
  remind: z.boolean(),
  consents: z.object({ remind: consent.optional(), share: consent.optional() }).optional(),
  stopped: z.number().optional(),
  own: z.array(z.object({ id: z.string().min(1), at: z.number(), text: z.string() })).optional(),
  expecting: z.string().optional(),
  after: z.enum(['eligibility', 'estimate']).optional(),
  free: z.object({ question: z.string(), answer: z.string().optional(), open: z.literal(true).optional() }).optional(),
  topic: z.string().optional(),
  papers: z.array(z.string()).optional(),
  offered: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
});

const reply = z.object({
  text: z.string(),
  choices: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
  ask: z.object({ step: z.string(), n: z.number(), kind: z.string(), facts: z.array(z.string()) }).optional(),
  file: z.object({ path: z.string(), name: z.string(), mime: z.string() }).optional(),
});

const unaskedOutcome = z.enum(['sent', 'ambiguous', 'unreachable', 'refused', 'gave-up', 'cancelled']);

const outboxEntry = z.object({
  id: z.string().min(1),
  reply,
  messageId: z.string().optional(),
  at: z.number(),
  kind: z.enum(['reply', 'reminder', 'broadcast']).optional(),
  source: z.string().min(1).optional(),
  tries: count.optional(),
  notBefore: z.number().optional(),
  part: count.optional(),
  sending: z.literal(true).optional(),
  repeat: z.literal(true).optional(),
});

const ledgerEntry = z.object({
  source: z.string().min(1),
  at: z.number(),
  outcome: unaskedOutcome,
  repeated: z.literal(true).optional(),
});

const reach = z.object({
  state: z.literal('unreachable'),
  reason: z.enum(['blocked', 'deactivated', 'unknown-chat', 'window-closed']),
  at: z.number(),
});

/** The shape of a stored chat document, version 1. */
export const chatDocSchema = z.object({
  v: z.literal(1),
  chat: z.string().min(1),
  state,
  handled: z.array(z.string()),
  outbox: z.array(outboxEntry),
  ledger: z.array(ledgerEntry).optional(),
  reach: reach.optional(),
  due: z.number().optional(),
  updatedAt: z.number(),
});
