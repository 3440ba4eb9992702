/** The tests that need a cluster; `npm run e2e` runs them at the lab's clients' place, or against KUBECONFIG. */
module.exports = {
  testMatch: ['<rootDir>/test/e2e/**/*.e2e.test.ts'],
  moduleNameMapper: { '^kube-graceful$': '<rootDir>/lib/index.ts', '^kube-graceful/(.*)$': '<rootDir>/lib/$1/index.ts' },
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.dev.json', diagnostics: false }] },
  testTimeout: 600_000,
  testSequencer: '<rootDir>/test/e2e/sequencer.js',
  maxWorkers: 2, // they mostly wait
  forceExit: true, // what a failed test leaves behind must not hold up the report
};
