import type { User } from '../types.js';

/** Who calls: a user by name, nobody, or anybody on a server without TLS, which asks for no names. */
export type Caller =
  { readonly kind: 'anybody' } | { readonly kind: 'nobody' } | { readonly kind: 'user'; readonly user: User };

export type Users = {
  /** Of the `authorization` header; undefined when name or password are wrong. */
  readonly callerOf: (authorization: string | undefined) => Caller | undefined;
  readonly mayWrite: (caller: Caller, stream: string) => boolean;
  readonly mayRead: (caller: Caller, what: string) => boolean;
};

export const allStreams = '$all';

const admin: User = { name: 'admin', password: 'changeit', write: [''], read: ['', allStreams] };

export const createUsers = (isSecure: boolean, users: readonly User[]): Users => {
  const known = [admin, ...users];
  const may = (caller: Caller, rightsOf: (user: User) => readonly string[], what: string): boolean =>
    caller.kind === 'anybody' || (caller.kind === 'user' && covers(rightsOf(caller.user), what));
  return {
    callerOf: (authorization) => {
      if (!isSecure) return { kind: 'anybody' };
      if (authorization === undefined) return { kind: 'nobody' };
      const [name, password] = basicOf(authorization);
      const user = known.find((one) => one.name === name && one.password === password);
      return user && { kind: 'user', user };
    },
    mayWrite: (caller, stream) => may(caller, ({ write }) => write, stream),
    mayRead: (caller, what) => may(caller, ({ read }) => read, what),
  };
};

const covers = (rights: readonly string[], what: string): boolean =>
  what === allStreams
    ? rights.includes(allStreams)
    : rights.some((prefix) => prefix !== allStreams && what.startsWith(prefix));

const basicOf = (authorization: string): readonly [string, string] => {
  const text = Buffer.from(authorization.replace(/^Basic /iu, ''), 'base64').toString();
  const colon = text.indexOf(':');
  return [text.slice(0, colon), text.slice(colon + 1)];
};
