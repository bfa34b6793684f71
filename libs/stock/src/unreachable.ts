/** For what the types say cannot be: a mistake of ours that must be heard. */
export const unreachable = (value: never): never => {
  throw new Error(`Not foreseen: ${JSON.stringify(value)}`);
};
