/** Understanding questions in people's own words. Pure; everything that is known of words comes from data/lexicon. */
export { asksSomething } from './asking.ts';
export { cueIn, distanceTo, nearest } from './cues.ts';
export { buildLexicon, correct, plain, type Lexicon, type Words } from './lexicon.ts';
export { findAsked, indexAsks, type AskIndex, type Askable, type Hit } from './match.ts';
export { questionParts } from './parts.ts';
export { readMessage, type Message } from './tokens.ts';
