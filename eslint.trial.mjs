import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.daypass/', 'test/generated/', 'src/web/generated/'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.test.json', './src/web/tsconfig.json'] },
    },
    extends: [...tseslint.configs.recommendedTypeCheckedOnly],
    rules: {
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/require-await': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  { files: ['src/web/**'], ...reactHooks.configs.flat.recommended },
  {
    // Of another age than the service's: times are shown by what the service says.
    files: ['src/web/**'],
    ignores: ['src/web/dates/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          "MemberExpression[object.name='Intl'][property.name=/^(DateTimeFormat|supportedValuesOf)$/]",
          'MemberExpression[property.name=/^toLocale(Date|Time)String$/]',
        ].map((selector) => ({ selector, message: 'Zone data of the browser: use web/dates.' })),
      ],
    },
  },
  {
    files: ['**/*.cjs', 'bin/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
