import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataFault, type ProgrammeFiles } from '../policy/compile.ts';
import {
  answersFileSchema,
  conditionsFileSchema,
  contactsFileSchema,
  documentsFileSchema,
  factsFileSchema,
  freeFileSchema,
  procedureFileSchema,
  programmeFileSchema,
  questionsFileSchema,
  servicesFileSchema,
  subsidyFileSchema,
  timelineFileSchema,
  warningsFileSchema,
} from '../policy/programme.ts';
import { bureauFileSchema } from './bureau.ts';
import { channelFileSchema, type ChannelFile } from './channels.ts';
import type { Content } from './content.ts';
import { readYaml, validate } from './files.ts';
import { cuesFileSchema, talkFileSchema, wordsFileSchema } from './lexicon.ts';
import { operationsFileSchema } from './operations.ts';
import { calendarFileSchema, placesFileSchema, standardFileSchema } from './schemas.ts';

export type { Content } from './content.ts';
export { compileContent } from './programmes.ts';

/** Programme folders under data/programmes, in alphabetical order. */
export function programmeFolders(dataDir: string): string[] {
  const root = join(dataDir, 'programmes');
  if (!existsSync(root)) throw new DataFault('data/programmes', '-', 'the folder is missing');
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** A file that need not be there: a new programme is useful before anybody has written answers for it. */
function readIfThere<T extends Parameters<typeof validate>[0]>(dataDir: string, schema: T, name: string) {
  return validate(schema, existsSync(join(dataDir, name)) ? readYaml(dataDir, name) : {}, name);
}

/** Loads and validates one programme folder. @throws DataFault naming file and path. */
export function loadProgramme(dataDir: string, folder: string): ProgrammeFiles {
  const read = <T extends Parameters<typeof validate>[0]>(schema: T, file: string) => {
    const name = `programmes/${folder}/${file}`;
    return validate(schema, readYaml(dataDir, name), name);
  };
  const programme = read(programmeFileSchema, 'programme.yaml');
  if (programme.id !== folder)
    throw new DataFault(`programmes/${folder}/programme.yaml`, 'id', `is ${programme.id}, the folder is ${folder}`);
  return {
    programme,
    facts: read(factsFileSchema, 'facts.yaml'),
    conditions: read(conditionsFileSchema, 'conditions.yaml'),
    services: read(servicesFileSchema, 'services.yaml'),
    subsidy: read(subsidyFileSchema, 'subsidy.yaml'),
    documents: read(documentsFileSchema, 'documents.yaml'),
    timeline: read(timelineFileSchema, 'timeline.yaml'),
    procedure: read(procedureFileSchema, 'procedure.yaml'),
    contacts: read(contactsFileSchema, 'contacts.yaml'),
    warnings: read(warningsFileSchema, 'warnings.yaml'),
    questions: read(questionsFileSchema, 'questions.yaml'),
    answers: readIfThere(dataDir, answersFileSchema, `programmes/${folder}/answers.yaml`),
    free: readIfThere(dataDir, freeFileSchema, `programmes/${folder}/free.yaml`),
  };
}

/** Loads all of data/. @throws DataFault naming file and path of the first fault. */
export function loadContent(dataDir: string): Content {
  const folders = programmeFolders(dataDir);
  const notices: Record<string, string> = {};
  for (const folder of folders) {
    const name = `programmes/${folder}/notice.md`;
    if (!existsSync(join(dataDir, name))) throw new DataFault(name, '-', 'the text of the notice is missing');
    notices[folder] = readFileSync(join(dataDir, name), 'utf8');
  }
  const placeFiles = readdirSync(join(dataDir, 'places')).filter((name) => name.endsWith('.yaml'));
  return {
    programmes: folders.map((folder) => loadProgramme(dataDir, folder)),
    notices,
    places: placeFiles
      .sort()
      .map((name) => validate(placesFileSchema, readYaml(dataDir, `places/${name}`), `places/${name}`)),
    standard: validate(standardFileSchema, readYaml(dataDir, 'standards/sme-2017.yaml'), 'standards/sme-2017.yaml'),
    calendar: validate(calendarFileSchema, readYaml(dataDir, 'lexicon/calendar.yaml'), 'lexicon/calendar.yaml'),
    words: readIfThere(dataDir, wordsFileSchema, 'lexicon/words.yaml'),
    cues: readIfThere(dataDir, cuesFileSchema, 'lexicon/cues.yaml'),
    talk: readIfThere(dataDir, talkFileSchema, 'lexicon/talk.yaml'),
    bureau: validate(bureauFileSchema, readYaml(dataDir, 'bureau.yaml'), 'bureau.yaml'),
    operations: readIfThere(dataDir, operationsFileSchema, 'operations.yaml'),
    channels: loadChannels(dataDir),
  };
}

/** Every channel's limits, in the order of the file names; none where the folder is missing. @throws DataFault. */
function loadChannels(dataDir: string): ChannelFile[] {
  const root = join(dataDir, 'channels');
  const files = existsSync(root) ? readdirSync(root).filter((name) => name.endsWith('.yaml')) : [];
  return files.sort().map((file) => {
    const name = `channels/${file}`;
    const limits = validate(channelFileSchema, readYaml(dataDir, name), name);
    if (file !== `${limits.channel}.yaml`) throw new DataFault(name, 'channel', `is ${limits.channel}`);
    return limits;
  });
}
