import { goWrong, injections } from './acts/injections.js';
import type { Place } from './company/places.js';
import { minutes, type Scene } from './scene.js';

/** What goes wrong in a burst: so many of each kind, and which kinds; all where that is left out. */
export type Wrong = { readonly wrong: number; readonly kinds?: readonly string[] };

/** What began last has ended by then, as a rule. */
const endsMillis = 90_000;

/** Things that go wrong, how often, and within which time they begin. */
export type Phase = {
  readonly kinds: readonly string[];
  readonly begin: (scene: Scene, kind: string) => void;
  readonly millis: number;
};

/** Makes one of a kind go wrong within so much time, in a shop or anywhere. */
export type GoWrong<Shop> = (kind: string, withinMillis: number, place?: Shop) => Promise<void>;

/** So many of a kind, anywhere, at any moment. */
export const beginAnywhere = <Shop>(
  { stage }: Scene,
  { kind, times, withinMillis }: { readonly kind: string; readonly times: number; readonly withinMillis: number },
  go: GoWrong<Shop>,
): void => {
  for (let nth = 0; nth < times; nth += 1) stage.play(kind, () => go(kind, withinMillis));
};

type InTurn<Shop> = {
  readonly kind: string;
  readonly times: number;
  readonly places: readonly Shop[];
  /** How long each shop is well again before the next. */
  readonly restMillis: number;
};

/** Who found a shop away rests for less. */
export const restAfterOutage = minutes(0.75);
/** One request that breaks off is asked again within moments. */
export const restAfterRequest = minutes(0.2);

/** One after another in each shop. */
export const beginInTurn = <Shop extends { readonly channel: string }>(
  { stage }: Scene,
  { kind, times, places, restMillis }: InTurn<Shop>,
  go: GoWrong<Shop>,
): void => {
  for (const [nth, place] of places.entries())
    stage.play(`${kind} of ${place.channel}`, async () => {
      for (let one = nth; one < times; one += places.length) {
        await go(kind, minutes(0.1), place);
        await stage.rest(restMillis);
      }
    });
};

const goIn =
  (scene: Scene): GoWrong<Place> =>
  (kind, withinMillis, place) =>
    goWrong(scene, injections[kind], withinMillis, place);

const anywhere =
  (times: number, withinMillis: number): Phase['begin'] =>
  (scene, kind) =>
    beginAnywhere(scene, { kind, times, withinMillis }, goIn(scene));

const inTurn =
  (times: number, restMillis: number): Phase['begin'] =>
  (scene, kind) =>
    beginInTurn(scene, { kind, times, restMillis, places: scene.company.places }, goIn(scene));

/** So many of a kind in a minute: a dozen, or five where whoever keeps the shops is away for seconds after each. */
export const within = (times: number, aMinute: number): number => minutes(Math.max(1, times / aMinute));

/**
 * A feed that is away hides what goes wrong meanwhile, and so does somebody who is not there: first everything else goes wrong, then
 * feeds do, then whoever keeps the shops dies, with business going on.
 */
export const phasesOf = ({ kinds: wanted, wrong }: Wrong): readonly Phase[] => {
  const isWanted = (kind: string): boolean => wanted?.includes(kind) ?? true;
  const apart = ['feedOutage', 'crashed'];
  const isApart = (kind: string): boolean => apart.includes(kind);
  const [usual, dying] = [within(wrong, 12), within(wrong, 5)];
  const phases: readonly Phase[] = [
    {
      kinds: Object.keys(injections).filter((kind) => !isApart(kind)),
      // What is released in a shop is all that is held there: of two at once the younger would not be late.
      begin: (scene, kind) =>
        (kind === 'lateRequest' ? inTurn(wrong, restAfterRequest) : anywhere(wrong, usual))(scene, kind),
      millis: usual,
    },
    { kinds: ['feedOutage'], begin: inTurn(wrong, restAfterOutage), millis: minutes(1) },
    { kinds: ['crashed'], begin: anywhere(wrong, dying), millis: dying },
  ];
  return phases
    .map((phase) => ({ ...phase, kinds: phase.kinds.filter(isWanted) }))
    .filter(({ kinds }) => kinds.length > 0);
};

/** Business alone. */
export const calmPhase: Phase = { kinds: [], begin: () => undefined, millis: minutes(1) };

/** Plays it to its end. @param beginBusiness begins what else happens meanwhile */
export const playPhase = async (
  scene: Scene,
  { kinds, begin, millis }: Phase,
  beginBusiness: () => void,
): Promise<void> => {
  const { stage } = scene;
  const begun = stage.millis();
  beginBusiness();
  for (const kind of kinds) begin(scene, kind);
  await stage.passUntil(begun + millis + endsMillis);
  while (!stage.isOver()) await stage.passUntil(stage.millis() + minutes(0.5));
};
