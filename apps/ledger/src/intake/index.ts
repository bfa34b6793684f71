export type { AlarmStore } from './alarm-store.js';
export { postgresAlarms } from './alarm-store.postgres.js';
export { createDeadLetterDesk, type DeadLetterDesk } from './dead-letter-desk.js';
export { intakeModule, postgresDeadLetters } from './dead-letter-store.postgres.js';
export { postgresParkedOrders, type ParkedOrder } from './parked-orders.js';
export { intakeGroup, startIntake, type Intake, type IntakeOptions } from './start-intake.js';
export { deadLetterTopicOf, intakeTopics } from './topics.js';
