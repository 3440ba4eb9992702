// Sums what jest wrote into UNIT.json and E2E.json; every further argument names a step that failed.
// The exit code is 0 only when tests ran in both, none failed and every step succeeded.
const { existsSync, readFileSync } = require('node:fs');

const [unit, e2e, ...failedSteps] = process.argv.slice(2);
const problems = failedSteps.map((step) => `step failed: ${step}`);
const counts = { passed: 0, failed: 0, skipped: 0 };
const kindOf = { passed: 'passed', failed: 'failed', pending: 'skipped', skipped: 'skipped', todo: 'skipped', disabled: 'skipped' };

for (const file of [unit, e2e]) {
  if (!existsSync(file)) {
    problems.push(`no results: ${file}`);
    continue;
  }
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  if (testResults.length === 0) problems.push(`no tests: ${file}`);
  for (const { name, message, status, assertionResults } of testResults) {
    if (status === 'failed' && assertionResults.every((one) => one.status !== 'failed')) {
      counts.failed++;
      console.log(`failed: ${name}: ${message}`);
    }
    for (const one of assertionResults) {
      const kind = kindOf[one.status] ?? 'failed';
      counts[kind]++;
      if (kind !== 'passed') console.log([`${kind}: ${one.fullName}`, ...one.failureMessages ?? []].join('\n'));
    }
  }
}

for (const problem of problems) console.log(problem);
if (problems.length > 0 && counts.failed === 0) counts.failed = problems.length;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
