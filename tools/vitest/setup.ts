import 'reflect-metadata';
import fc from 'fast-check';

/**
 * One seed for everything random in a run, fixed so that a failure repeats, and another one by choice:
 * `LEDGER_TEST_SEED=42 npm test`.
 */
const seed = Number.parseInt(process.env['LEDGER_TEST_SEED'] ?? '20250101', 10);
if (!Number.isSafeInteger(seed)) throw new Error('LEDGER_TEST_SEED must be a whole number');
process.env['LEDGER_TEST_SEED'] = String(seed);
fc.configureGlobal({ seed, endOnFailure: false });
