import pg from 'pg';

/** A name as it stands in a statement, quoted where it has to be. */
export const quotedName = (name: string): string => pg.escapeIdentifier(name);

/** A text as it stands in a statement that takes no parameters (roles, grants). */
export const quotedText = (text: string): string => pg.escapeLiteral(text);
