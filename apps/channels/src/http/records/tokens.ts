export const RECORDS = Symbol('Records');
export const CLOCK = Symbol('Clock');
