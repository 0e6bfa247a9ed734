'use strict';

/**
 * Runs a command of dist/: `<name>.bundle.js`, with the code that V8 compiled for it when it was built
 * (`<name>.code`). Compiling is most of what a start costs beyond that of node itself. V8 takes the code only for the
 * same source, version and flags; without it the command runs all the same.
 * @param {string} name
 * @param {boolean} [keep] write the code down at the end: the build does that once.
 */
module.exports = function start(name, keep = false) {
  const { readFileSync, writeFileSync } = require('node:fs');
  const { Script } = require('node:vm');
  const filename = `${__dirname}/${name}.bundle.js`;
  const codeFile = `${__dirname}/${name}.code`;
  let cachedData;
  try {
    cachedData = readFileSync(codeFile);
  } catch {
    cachedData = undefined;
  }
  // Not as single bytes: what stands in regular expressions is no ASCII, whatever esbuild is told.
  const script = new Script(readFileSync(filename, 'utf8'), { filename, cachedData });
  if (keep) process.on('exit', () => writeFileSync(codeFile, script.createCachedData()));
  const module = { exports: {} };
  // Packages that are not in the bundle are imported from where this installation lies.
  const importByNeed = (specifier) => import(specifier);
  script.runInThisContext()(module.exports, require, module, filename, __dirname, importByNeed);
};
