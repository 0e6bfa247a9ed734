import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

/** Every variable the environment promises to outside programs. */
const PROMISED = [
  ...['STATE_DIR', 'DATABASE_URL', 'HOST', 'PORT', 'LOG_LEVEL', 'ALERT_WEBHOOK_URL', 'OPERATOR_CHAT'],
  ...['TELEGRAM_BOT_TOKEN', 'TELEGRAM_API_ROOT', 'TELEGRAM_MODE', 'TELEGRAM_WEBHOOK_URL', 'TELEGRAM_WEBHOOK_SECRET'],
  ...['WECHATY_PUPPET', 'WECHATY_PUPPET_SERVICE_TOKEN'],
];

const NAME = '[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*';

/** The variables a source text reads: keys of a schema, `env.NAME` or `env['NAME']`. */
function variablesRead(source: string): string[] {
  const forms = [`^\\s+(${NAME})\\??:`, `\\benv\\.(${NAME})\\b`, `\\benv\\[['"](${NAME})['"]\\]`];
  return forms.flatMap((form) => [...source.matchAll(new RegExp(form, 'gm'))].flatMap((hit) => hit[1] ?? []));
}

/** Files of the project as git sees them (new ones too); without git, a walk past what is never kept. */
function projectFiles(): string[] {
  try {
    const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
    const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: 'pipe' }).split('\0');
    if (!listed.includes('package.json')) throw new Error('not a repository of this project');
    return listed.filter((file) => file !== '' && existsSync(path.join(root, file)));
  } catch {
    const skipped = new Set(['node_modules', '.git', 'dist', 'state', 'coverage', '.env']);
    const walk = (folder: string): string[] =>
      readdirSync(path.join(root, folder), { withFileTypes: true })
        .filter((entry) => !skipped.has(entry.name))
        .flatMap((entry) => {
          const file = path.join(folder, entry.name);
          return entry.isDirectory() ? walk(file) : [file];
        });
    return walk('.');
  }
}

describe('the lock file', () => {
  it('carries no download address, so that any registry can serve it', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved":\s*"https?:/);
  });
});

describe('the files of the project', () => {
  it('hold no path of somebody’s machine', () => {
    const machinePath = new RegExp(`(?<![\\w.:/@-])/(?:${['root', 'home', 'work', 'Users'].join('|')})/\\w`);
    const files = projectFiles().filter((file) => statSync(path.join(root, file)).isFile());
    expect(files).toContain('package.json');
    expect(files.filter((file) => machinePath.test(read(file)))).toEqual([]);
  });
});

describe('.env.example', () => {
  const lines = read('.env.example').split('\n');

  it('names every variable that is promised or read', () => {
    const config = existsSync(path.join(root, 'src/config.ts')) ? read('src/config.ts') : '';
    const named = new Set(lines.flatMap((line) => /^([A-Z][A-Z0-9_]*)=/.exec(line)?.[1] ?? []));
    expect([...PROMISED, ...variablesRead(config)].filter((name) => !named.has(name))).toEqual([]);
  });

  it('explains each of them in the line above', () => {
    const bare = lines.filter((line, at) => /^[A-Z]/.test(line) && !(lines[at - 1] ?? '').startsWith('# '));
    expect(bare).toEqual([]);
  });
});
