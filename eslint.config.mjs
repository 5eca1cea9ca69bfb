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
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        {
          allowNumber: true,
          allowBoolean: true,
          allow: ['URL', 'URLSearchParams'],
        },
      ],
      // `ws` hands a text over as a Buffer, though its type allows an ArrayBuffer.
      '@typescript-eslint/no-base-to-string': [
        'error',
        { ignoredTypeNames: ['ArrayBuffer', 'Error', 'RegExp', 'URL', 'URLSearchParams'] },
      ],
      // Objects of closures are destructured all over; classes, for which this rule is meant, are not.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Tests and benches look into answers whose shape they check.
    files: ['test/**', 'bench/**'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      // A stand-in for an asynchronous function is asynchronous, whether it waits or not.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    // Hooks of Apollo and of Fastify must return a promise, whether they wait or not.
    files: ['src/server/**'],
    rules: { '@typescript-eslint/require-await': 'off' },
  },
  { files: ['src/web/**'], ...reactHooks.configs.flat.recommended },
  {
    // Of another age than the service's: times are shown by what the service says.
    files: ['src/web/**'],
    ignores: ['src/web/format/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...[
          "MemberExpression[object.name='Intl'][property.name=/^(DateTimeFormat|supportedValuesOf)$/]",
          'MemberExpression[property.name=/^toLocale(Date|Time)String$/]',
        ].map((selector) => ({ selector, message: 'Zone data of the browser: use web/format.' })),
      ],
    },
  },
  {
    files: ['**/*.cjs', 'bin/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
