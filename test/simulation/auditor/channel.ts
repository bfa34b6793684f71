/** A channel and the locations that it sells from, as the auditor was told them. */
export type AuditedChannel = { channel: string; locations: readonly string[] };
