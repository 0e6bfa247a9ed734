/** The conversation engine: what conversations and the application need of it. */
export { advance, type Advanced } from './advance.ts';
export { buildGuide, type Guide } from './guide.ts';
export { buildKnowledge, type Knowledge } from './free/knowledge.ts';
export type { Candidate, DateOutcome, Offices, Said, SizeSaid } from './free/said.ts';
export type { WrittenAnswer } from '../policy/programme.ts';
export { flowFaults, type Flow, type FlowStep, type Guard, type Section } from './flow.ts';
export type { AskWords } from './prepared.ts';
export type { EchoWords } from './freetext.ts';
export type { Kept } from './turn.ts';
export type { Kit } from './kit.ts';
export type { Ask, AskKind, Event, Reply, ReplyChoice } from './reply.ts';
export type { CommandId, CommandSpec, ConsentKind, DateAhead, Notice, OwnFault, Script, View } from './script.ts';
export { reminderReply, takesButtons, viewOf } from './remind.ts';
export { isOver, nextSteps, statesOf, trackOf, WITHDRAWN, civilDateOf, startOfDay } from '../policy/index.ts';
export type { Audience } from './staff/audience.ts';
export type {
  BindOutcome,
  Counted,
  Forecast,
  Office,
  Preview,
  Refusal,
  Seen,
  Standing,
  TextFault,
} from './staff/desk.ts';
export type { OfficeFigures, OfficeNotice } from './staff/office.ts';
export { stepWithDesk } from './staff/step.ts';
export type { StaffWords } from './staff/words.ts';
export { NEW_CHAT, type ChatRetention, type ChatState, type Dossier, type Enterprise } from './state.ts';
export { bounds, daysBetween, factAt, reasonsOf, weekday, yuanText } from '../policy/index.ts';
export type { CivilDate, Contact, Fen } from '../policy/index.ts';
