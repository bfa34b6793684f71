/** One setting of the environment: its name, what it means, how its text is read. */
export type Setting<Value> = {
  readonly name: string;
  readonly meaning: string;
  /** Shown in the table; undefined: left out means "not set". */
  readonly fallback?: string;
  readonly secret?: true;
  /** The value, or what is wrong with the text, as the rest of a sentence that begins with the setting's name. */
  readonly read: (text: string) => { readonly value: Value } | { readonly wrong: string };
};

type Described = { readonly meaning: string; readonly fallback?: string; readonly secret?: true };

export const text = (name: string, described: Described): Setting<string> => ({
  name,
  ...described,
  read: (value) => ({ value }),
});

export const integer = (
  name: string,
  range: Described & { readonly min: number; readonly max: number },
): Setting<number> => ({
  name,
  meaning: `${range.meaning} (${range.min} to ${range.max})`,
  ...(range.fallback !== undefined && { fallback: range.fallback }),
  read: (value) => {
    const number = /^\d{1,15}$/u.test(value) ? Number(value) : Number.NaN;
    return number >= range.min && number <= range.max
      ? { value: number }
      : { wrong: `must be a whole number from ${range.min} to ${range.max}` };
  },
});

export const oneOf = <Choice extends string>(
  name: string,
  choices: readonly Choice[],
  described: Described,
): Setting<Choice> => ({
  name,
  ...described,
  read: (value) => {
    const choice = choices.find((one) => one === value);
    return choice ? { value: choice } : { wrong: `must be one of ${choices.join(', ')}` };
  },
});

/** A URL of PostgreSQL. The message never repeats it: it holds a password. */
export const postgresUrl = (name: string, described: Described): Setting<string> => ({
  name,
  ...described,
  secret: true,
  read: (value) =>
    /^postgres(ql)?:\/\//u.test(value) && URL.canParse(value)
      ? { value }
      : { wrong: 'must be a URL like postgres://user:password@host:5432/database' },
});

/** 32 bytes in base64, as `openssl rand -base64 32` writes them. */
export const keyOfSecrets = (name: string, described: Described): Setting<string> => ({
  name,
  ...described,
  secret: true,
  read: (value) =>
    /^[A-Za-z0-9+/]{43}=$/u.test(value)
      ? { value }
      : { wrong: 'must be 32 bytes in base64, as openssl rand -base64 32 writes them' },
});

/** A connection string of EventStoreDB. The message never repeats it: it may hold a password. */
export const eventStoreDbUrl = (name: string, described: Described): Setting<string> => ({
  name,
  ...described,
  secret: true,
  read: (value) =>
    /^esdb(\+discover)?:\/\/[^\s/]+/u.test(value)
      ? { value }
      : { wrong: 'must be like esdb://user:password@host:2113?tls=true' },
});

/** host:port, several separated by commas. */
export const addresses = (name: string, described: Described): Setting<readonly string[]> => ({
  name,
  ...described,
  read: (value) => {
    const list = value.split(',').map((address) => address.trim());
    return list.every((address) => /^[^\s:,/]+:\d{1,5}$/u.test(address))
      ? { value: list }
      : { wrong: 'must be host:port, several separated by commas' };
  },
});
