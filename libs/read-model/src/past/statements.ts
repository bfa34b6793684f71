import { loadStatements } from '#postgres';

export const pastStatements = loadStatements(new URL('./sql/', import.meta.url), ['list-policy-streams']);
