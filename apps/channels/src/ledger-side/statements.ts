import { loadStatements } from '#postgres';

export const sql = loadStatements(new URL('./sql/', import.meta.url), ['load-heard', 'save-heard']);
