/**
 * Prints "passed failed skipped" of a Vitest JSON report; a test file that could not be loaded is a failure too. What
 * failed is told after it, a line each, so that the last lines of a long run say what was wrong.
 */
import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const unloaded = report.testResults.filter(
  ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
);
const skipped = report.numPendingTests + report.numTodoTests;
console.log(report.numPassedTests, report.numFailedTests + unloaded.length, skipped);

const shortened = (message) =>
  stripVTControlCharacters(message ?? '')
    .replaceAll(/\s+/gu, ' ')
    .slice(0, 600);

for (const { name, message } of unloaded) console.log(`FAILED ${name}: ${shortened(message)}`);
for (const { name, assertionResults } of report.testResults)
  for (const { status, fullName, failureMessages } of assertionResults)
    if (status === 'failed') console.log(`FAILED ${name} > ${fullName}: ${shortened(failureMessages[0])}`);
