/** Dates of rows are to the second; the shop's zone is UTC. */
export const dateOf = (millis: number): string => new Date(millis).toISOString().slice(0, 19);

export const dateOrNull = (millis: number | undefined): string | null => (millis === undefined ? null : dateOf(millis));

/** Both ways in which the API shows a date. */
export const dates = (name: string, millis: number | undefined) => ({
  [name]: dateOrNull(millis),
  [`${name}_gmt`]: dateOrNull(millis),
});
