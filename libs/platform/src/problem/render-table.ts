import { problemCodes, type CodeMeaning } from './codes.js';

const row = ([code, meaning]: [string, CodeMeaning]): string =>
  `| \`${code}\` | ${meaning.status} | ${meaning.title} | ${meaning.remedy} | ${meaning.retryable ? 'yes' : ''} |`;

/** The table of docs/errors.md, as Markdown. */
export const renderProblemTable = (): string =>
  [
    '| code | status | meaning | what to do | retry |',
    '| --- | --- | --- | --- | --- |',
    ...Object.entries(problemCodes).map(row),
  ].join('\n');
