import type { RecordedEvent } from '#event-sourcing';

/** One move of an event, as the log has it. */
export type AuditedPart = { location: string; from: string; to: string; quantity: number };

export const partsOf = (event: RecordedEvent): AuditedPart[] => (event.data['parts'] ?? []) as unknown as AuditedPart[];
