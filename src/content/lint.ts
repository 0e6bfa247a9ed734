import { compileProgramme, type ProgrammeFiles } from '../policy/compile.ts';
import type { Content } from './content.ts';
import { checkAnswers } from './lint/answers.ts';
import { checkBranches } from './lint/branches.ts';
import { checkCitations } from './lint/citations.ts';
import { checkNames } from './lint/names.ts';
import { checkExamples } from './lint/examples.ts';
import { checkQuestions } from './lint/questions.ts';
import { checkReferences, checkStateNames } from './lint/references.ts';
import { scopeOf } from './lint/scope.ts';
import { checkStates } from './lint/timeline.ts';
import { checkVersions } from './lint/versions.ts';

/** Names first, then what they mean: a later check may rely on what an earlier one has found to be sound. */
const CHECKS = [
  checkNames,
  checkVersions,
  checkReferences,
  checkCitations,
  checkStates,
  checkStateNames,
  checkBranches,
  checkQuestions,
  checkAnswers,
  checkExamples,
];

/**
 * Checks what the schemas cannot see: names that lead nowhere, branches that nothing reaches, rules without citation,
 * facts nobody asks for, gaps in time, examples that do not hold. `notice` is the text of notice.md.
 * @throws DataFault naming file and path of the first fault, with one sentence.
 */
export function lintProgramme(files: ProgrammeFiles, notice: string): void {
  const scope = scopeOf(compileProgramme(files), notice);
  for (const check of CHECKS) check(scope);
}

/** Checks every programme of the content. @throws DataFault. */
export function lintContent(content: Content): void {
  for (const files of content.programmes) lintProgramme(files, content.notices[files.programme.id] ?? '');
}
