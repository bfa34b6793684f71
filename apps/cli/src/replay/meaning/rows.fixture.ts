import type { Row } from '../file/row.js';
import { startSurvey, type Survey } from './survey.js';

/** A line of a file, a sale for money unless told otherwise. */
export const row = (changes: Partial<Row> = {}): Row => ({
  line: 2,
  invoice: '1',
  sku: '10001',
  description: 'A THING',
  quantity: 1,
  minute: '2010-12-01 08:26',
  free: false,
  customer: '',
  ...changes,
});

/** Rows as they follow each other in a file. */
export const file = (...rows: Partial<Row>[]): Row[] =>
  rows.map((changes, index) => row({ line: index + 2, ...changes }));

export const surveyOf = (rows: readonly Row[]): Survey => {
  const survey = startSurvey();
  rows.forEach(survey.see);
  return survey;
};
