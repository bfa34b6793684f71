import { quotedName, quotedText } from '../identifiers.js';
import type { Client } from '../pool.js';

export type RoleOutcome = 'ready' | 'not_permitted';

/** The role exists, can log in and is nobody special. Its password is set only when it is made: see `setPassword`. */
export const ensureRole = async (client: Client, role: string, password: string): Promise<RoleOutcome> => {
  const found = await client.query<{ special: boolean }>(findRole, [role]);
  if (found.rows[0]?.special) {
    throw new Error(`The role "${role}" is a superuser or owns this database: the service must not run as that.`);
  }
  if (found.rows[0]) return 'ready';
  return permitted(client, `CREATE ROLE ${quotedName(role)} LOGIN PASSWORD ${quotedText(password)}`);
};

export const setPassword = (client: Client, role: string, password: string): Promise<RoleOutcome> =>
  permitted(client, `ALTER ROLE ${quotedName(role)} LOGIN PASSWORD ${quotedText(password)}`);

const findRole = `
  SELECT r.rolsuper OR pg_has_role(r.oid, d.datdba, 'MEMBER') AS special
  FROM pg_roles r, pg_database d
  WHERE r.rolname = $1 AND d.datname = current_database()`;

/**
 * Roles belong to the whole server, while the installation lock covers one database: installers of two databases may meet
 * here. Who comes second finds the role made, or tries again.
 */
const permitted = async (client: Client, statement: string): Promise<RoleOutcome> => {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(statement);
      return 'ready';
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === insufficientPrivilege) return 'not_permitted';
      if (code === duplicateObject || code === uniqueViolation) return 'ready';
      if (code !== concurrentUpdate || attempt === attemptsMax) throw error;
    }
  }
};

const insufficientPrivilege = '42501';
const duplicateObject = '42710';
const uniqueViolation = '23505';
/** "tuple concurrently updated" has no code of its own. */
const concurrentUpdate = 'XX000';
const attemptsMax = 100;
