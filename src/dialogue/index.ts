/** The conversation engine: what conversations and the application need of it. */
export { advance, type Advanced } from './advance.ts';
export { buildGuide, type Guide } from './guide.ts';
export { flowFaults, type Flow, type FlowStep, type Guard, type Section } from './flow.ts';
export type { AskWords } from './prepared.ts';
export type { EchoWords } from './freetext.ts';
export type { Kit } from './kit.ts';
export type { Ask, AskKind, Event, Reply, ReplyChoice } from './reply.ts';
export type { CommandId, CommandSpec, Script, View } from './script.ts';
export { NEW_CHAT, type ChatState, type Dossier, type Enterprise } from './state.ts';
export { bounds, daysBetween, factAt, reasonsOf, weekday, yuanText } from '../policy/index.ts';
export type { CivilDate, Contact, Fen } from '../policy/index.ts';
