import { createHmac } from 'node:crypto';

export const passwordOf = (url: string): string => {
  const { password, searchParams } = new URL(url);
  return decodeURIComponent(password) || (searchParams.get('password') ?? '');
};

export const userOf = (url: string): string => {
  const { username, searchParams } = new URL(url);
  return decodeURIComponent(username) || (searchParams.get('user') ?? '');
};

/** The same database as somebody else. An URL without a host (a socket) has no place for a user but its parameters. */
export const urlAs = (ownerUrl: string, user: string, password: string): string => {
  const url = new URL(ownerUrl);
  if (url.host === '') {
    url.searchParams.set('user', user);
    url.searchParams.set('password', password);
    return url.href;
  }
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
};

/**
 * Whoever knows the owner's password knows the service's, and nobody else: it need not be stored or told, and several
 * processes agree on it.
 */
export const derivedPassword = (ownerPassword: string, role: string): string =>
  createHmac('sha256', ownerPassword).update(`stock-ledger service ${role}`).digest('base64url');
