import { readFile } from 'node:fs/promises';
import { quotedName } from '../identifiers.js';
import type { Module } from '../migrations/module.js';
import type { Client } from '../pool.js';

/** What the service may do with the modules' tables, and nothing beyond it. Bears being run again. */
export const grantService = async (client: Client, role: string, modules: readonly Module[]): Promise<void> => {
  await client.query(`GRANT CONNECT ON DATABASE ${quotedName(await databaseOf(client))} TO ${quotedName(role)}`);
  for (const { serviceWrites = [], grants } of modules) {
    for (const schema of serviceWrites) await client.query(rowsOf(quotedName(schema), quotedName(role)));
    if (grants) await client.query((await readFile(grants, 'utf8')).replaceAll(':service', quotedName(role)));
  }
};

/** Rows of a schema's tables, those included that the owner makes later. */
export const rowsOf = (schema: string, role: string): string => `
  GRANT USAGE ON SCHEMA ${schema} TO ${role};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${role};
  GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};
  ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${role};
  ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE ON SEQUENCES TO ${role};`;

const databaseOf = async (client: Client): Promise<string> => {
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  return rows[0]?.name ?? '';
};
