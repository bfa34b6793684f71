import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { RecordedEvent } from '#event-sourcing';

const link = (previous: string, event: RecordedEvent): string => {
  const { stream, revision, type, schemaVersion, data, metadata } = event;
  const text = canonicalize({ stream, revision, type, schemaVersion, data, metadata }) ?? '';
  return createHash('sha256').update(Buffer.from(previous, 'hex')).update(text, 'utf8').digest('hex');
};

/** Revisions without gaps and hashes that follow from one another, stream by stream, by another library's canonical JSON. */
export const auditChains = (events: readonly RecordedEvent[]): string[] => {
  const heads = new Map<string, { revision: number; hash: string }>();
  const findings: string[] = [];
  for (const event of events) {
    const head = heads.get(event.stream) ?? { revision: -1, hash: '0'.repeat(64) };
    if (event.revision !== head.revision + 1)
      findings.push(`${event.stream}: ${event.revision} follows ${head.revision}`);
    if (link(head.hash, event) !== event.hash) findings.push(`${event.stream}@${event.revision}: hash does not follow`);
    heads.set(event.stream, { revision: event.revision, hash: event.hash });
  }
  return findings;
};
