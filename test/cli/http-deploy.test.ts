import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { openHttp } from '../../src/channels/http/server.ts';
import { BotApi, TOKEN } from '../support/botapi/index.ts';
import { bareEnvironment, buildProgram, start, type Program } from '../support/program.ts';
import { temporaryDirectory } from '../stores/journal/support.ts';
import { reader } from './lines.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const textOf = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

interface Service {
  readonly volumes: readonly string[];
  readonly ports?: readonly string[];
  readonly depends_on?: { readonly database: { readonly condition: string } };
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: { readonly assistant: Service; readonly database: Service };
  readonly volumes: object;
}

let program: Program;
beforeAll(async () => {
  program = await buildProgram();
});
afterAll(() => program.remove());

/** The words of an instruction of the Dockerfile that is written as a list. */
function listOf(instruction: string): string[] {
  const [, list = '[]'] = new RegExp(`^${instruction}[^[]*(\\[.*\\])$`, 'm').exec(textOf('Dockerfile')) ?? [];
  return JSON.parse(list) as string[];
}

test('the container starts what npm start starts, and its health check tells life from death', async () => {
  const command = listOf('CMD');
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: { start: string } };
  expect(command.join(' ')).toBe(scripts.start);
  const api = await BotApi.start();
  const STATE_DIR = await temporaryDirectory(onTestFinished);
  const child = start(program, 'main', [], {
    ...bareEnvironment({ LOG_LEVEL: 'info', NODE_ENV: 'production', HOST: '0.0.0.0', PORT: '0', STATE_DIR }),
    ...{ TELEGRAM_BOT_TOKEN: TOKEN, TELEGRAM_API_ROOT: api.root },
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await api.stop();
  });
  // As in a container, where nothing is typed.
  child.stdin.end();
  const lines = reader(child.stderr);
  const { port } = JSON.parse(await lines.until('http.listening')) as { port: number };
  await lines.until('channel.started');
  const [node = '', ...args] = listOf('HEALTHCHECK[^]*?CMD ');
  expect(node).toBe('node');
  const check = (at: number) => spawnSync(process.execPath, args, { env: { ...process.env, PORT: String(at) } }).status;
  expect(check(port)).toBe(0);
  const nobody = await openHttp('127.0.0.1', 0);
  await nobody.close();
  expect(check(nobody.port)).toBe(1);
  child.kill('SIGTERM');
  await expect.poll(() => child.exitCode).toBe(0);
});

test('the Dockerfile copies what is there, and runs as somebody without rights', () => {
  const text = textOf('Dockerfile');
  const sources = [...text.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '));
  const ignored = textOf('.dockerignore');
  for (const name of sources) {
    expect(existsSync(join(ROOT, name))).toBe(true);
    expect(ignored).toContain(`!${name.replace(/^\.\//, '')}\n`);
  }
  expect(text).toMatch(/^USER node$/m);
  expect(text.indexOf('USER node')).toBeLessThan(text.lastIndexOf('CMD'));
  expect(text).toMatch(/^VOLUME \/state$/m);
});

test('the compose file has an assistant that waits for a healthy database, both with volumes', () => {
  const { services, volumes } = parse(textOf('compose.yaml')) as Compose;
  const { assistant, database } = services;
  expect(assistant.depends_on?.database.condition).toBe('service_healthy');
  expect(database.healthcheck?.test[0]).toBe('CMD-SHELL');
  for (const service of [assistant, database])
    for (const volume of service.volumes) expect(Object.keys(volumes)).toContain(volume.split(':')[0]);
  for (const port of assistant.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
});

test('the unit of systemd starts the same and is closed off', () => {
  const unit = textOf('deploy/voucher-assistant.service');
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/node dist\/main\.js$/m);
  for (const line of ['NoNewPrivileges=true', 'ProtectSystem=strict', 'User=voucher', 'StateDirectoryMode=0700'])
    expect(unit.split('\n')).toContain(line);
});

test('every variable that is read is explained', () => {
  const example = textOf('.env.example');
  const read = [...textOf('src/config.ts').matchAll(/(?:env|url)\('([A-Z_]+)'/g)].map(([, name = '']) => name);
  for (const name of [...read, 'POSTGRES_PASSWORD']) expect(example).toMatch(new RegExp(`^# .+\\n${name}=`, 'm'));
});

test('every line of the log is explained, with what to do', () => {
  const explained = textOf('docs/operations.md');
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const calls = files.flatMap((name) => [
    ...textOf(join('src', name)).matchAll(/log\.(?:info|warn|error)\(\s*'([^']+)'/g),
  ]);
  const lines = new Set(calls.map(([, line = '']) => line));
  expect(lines.size).toBeGreaterThan(60);
  expect([...lines].filter((line) => !explained.includes(`\`${line}\``))).toEqual([]);
});
