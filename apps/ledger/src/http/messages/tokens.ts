export const DEAD_LETTERS = Symbol('DeadLetters');
export const INTAKE = Symbol('Intake');
