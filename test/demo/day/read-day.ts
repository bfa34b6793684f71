import { fileURLToPath } from 'node:url';
import { readRows } from '../../../apps/cli/src/replay/file/read-rows.js';
import type { Row } from '../../../apps/cli/src/replay/file/row.js';
import { basketsOf, type Basket } from './baskets.js';

/** The committed year; the build copies it along. */
const year = fileURLToPath(new URL('../../data/online-retail/online_retail.csv.gz', import.meta.url));

/** The first day ends before this line: nobody waits for the rest of the year. */
const firstDay = '2010-12-01';
const firstDayLinesMax = 3_500;

/** What was sold on a day of the retailer's year. @throws Error for a day on which nothing was */
export const readDay = async (day: string): Promise<readonly Basket[]> => {
  const rows: Row[] = [];
  await readRows(
    year,
    (row) => {
      if (row.minute.startsWith(day)) rows.push(row);
    },
    {
      ...(day === firstDay && { limit: firstDayLinesMax }),
    },
  );
  const baskets = basketsOf(rows);
  if (baskets.length === 0) throw new Error(`Nothing was sold on ${day}: take another day of the year.`);
  return baskets;
};
