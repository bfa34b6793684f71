import { loadStatements } from '#postgres';

export const supplyStatements = loadStatements(new URL('./sql/', import.meta.url), ['read-channels', 'read-supplies']);
