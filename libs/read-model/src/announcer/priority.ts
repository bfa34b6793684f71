/** The order in which due SKUs are announced: lower first. */
export const duePriority = { events: 0, clock: 1, sweep: 2 } as const;
