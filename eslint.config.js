import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const PURE = ['src/policy/**', 'src/understanding/**', 'src/dialogue/**', 'src/outreach/**', 'conversations/**'];

const NO_DEFAULT_EXPORT = { selector: 'ExportDefaultDeclaration', message: 'Name every export.' };
// The bundler cannot shake the object `z`: with it every start loads all of zod's locales (740 kB, 20 ms).
const ZOD_NAMESPACE = {
  selector:
    'ImportDeclaration[importKind="value"][source.value="zod"] > :matches(ImportDefaultSpecifier, ImportSpecifier[imported.name="z"])',
  message: "Write: import * as z from 'zod'.",
};
const EVERYWHERE = [NO_DEFAULT_EXPORT, ZOD_NAMESPACE];
const NO_CLOCK = [
  { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'The time is an argument here.' },
  { selector: 'CallExpression[callee.name="Date"]', message: 'The time is an argument here.' },
];
const OUTSIDE_WORLD = ['process', 'console', 'performance', 'crypto', 'fetch', 'Buffer', 'setTimeout', 'setInterval'];

export default defineConfig(
  globalIgnores(['dist/', '.dist-*/', 'coverage/', 'state/']),
  // Exceptions belong here, where they are seen, not in comments.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-expect-error': true, 'ts-nocheck': true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Numbers and booleans in a template read well and cannot become "[object Object]".
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // `() => doIt()` is the usual short form of a callback without a result.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // A port may be asynchronous while one implementation of it has nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-syntax': ['error', ...EVERYWHERE],
      'no-warning-comments': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
    },
  },
  {
    files: ['src/**', 'conversations/**'],
    rules: { 'no-console': 'error', 'max-lines': ['error', { max: 200 }] },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-syntax': ['error', ...EVERYWHERE, ...NO_CLOCK],
      'no-restricted-globals': ['error', ...OUTSIDE_WORLD],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time is an argument here.' },
        { object: 'Math', property: 'random', message: 'Random values are made outside.' },
      ],
    },
  },
  {
    files: ['test/**', 'bench/**', 'soak/**'],
    rules: {
      // A test may assert what it has just arranged; a failing assertion is the check.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/explicit-module-boundary-types': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { files: ['bench/**', 'soak/**'], rules: { 'no-console': 'off' } },
  { files: ['vitest.config.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
