/**
 * The shape of a programme's data files. Everything a text says is data there; code knows no programme and no city.
 * Whatever runs after a start from compiled data imports types only, so that zod need not be loaded.
 */
export {
  answersFileSchema,
  freeFileSchema,
  type AnswersFile,
  type FreeFile,
  type WrittenAnswer,
} from './schema/answers.ts';
export { conditionSchema } from './schema/conditions.ts';
export { contactsFileSchema, type Contact, type ContactsFile } from './schema/contacts.ts';
export { documentsFileSchema, type DocumentsFile } from './schema/documents.ts';
export { factsFileSchema } from './schema/facts.ts';
export { procedureFileSchema, type ProcedureFile } from './schema/procedure.ts';
export { programmeFileSchema, type ProgrammeFile } from './schema/programme.ts';
export {
  questionSchema,
  questionsFileSchema,
  type BundleItem,
  type Question,
  type QuestionsFile,
} from './schema/questions.ts';
export {
  conditionsFileSchema,
  ruleSchema,
  servicesFileSchema,
  type ConditionsFile,
  type RuleFile,
  type ServicesFile,
} from './schema/rules.ts';
export { subsidyFileSchema, type SubsidyFile } from './schema/subsidy.ts';
export { timelineFileSchema, type TimelineFile } from './schema/timeline.ts';
export { warningsFileSchema, type WarningsFile } from './schema/warnings.ts';
