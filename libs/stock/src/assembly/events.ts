import type { Instant } from '#event-sourcing';
import type { AssemblyRole } from '../events.js';

/** What an assembly does to one SKU. */
export type AssemblyLine = { readonly sku: string; readonly role: AssemblyRole; readonly quantity: number };

/** `version`: that of the assembly by which the line became what it is; its version on the SKU's stream. */
export type VersionedLine = AssemblyLine & { readonly version: number };

/**
 * On `assembly-<connection>-<key>`: the whole of it as its author says it now. A SKU that an earlier version named and this
 * one does not stays listed, at 0: its stream must hear it.
 */
export type AssemblyRecorded = {
  readonly type: 'AssemblyRecorded';
  readonly data: {
    readonly connection: string;
    readonly assembly: string;
    readonly version: number;
    readonly hash: string;
    readonly location: string;
    readonly lines: readonly VersionedLine[];
  };
  readonly occurredAt: Instant;
};
