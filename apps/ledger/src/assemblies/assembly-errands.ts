import { canonicalJson, type Digest } from '#event-sourcing';
import { factContentOf, factsOfAssembly, type AssembleStock, type AssemblyState } from '#stock';

/** What each SKU of an assembly is told: facts under its key, each with the version by which its line became what it is. */
export const assemblyErrands = (
  assembly: NonNullable<AssemblyState>,
  digest: Digest,
): ReadonlyMap<string, AssembleStock> =>
  new Map(
    [...factsOfAssembly(assembly)].map(([sku, fact]) => [
      sku,
      { ...fact, hash: digest.of(canonicalJson(factContentOf(fact))) },
    ]),
  );
