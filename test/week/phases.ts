import { doBusiness } from './acts/everyday.js';
import { goWrong, injections } from './acts/injections.js';
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

/** Any of them, anywhere, at any moment. */
const anywhere =
  (times: number, withinMillis: number): Phase['begin'] =>
  (scene, kind) => {
    for (let nth = 0; nth < times; nth += 1)
      scene.stage.play(kind, () => goWrong(scene, injections[kind], withinMillis));
  };

/** One after another in each shop, which is well again before the next for longer than whoever found it away rests. */
const inTurn =
  (times: number): Phase['begin'] =>
  (scene, kind) => {
    const { places } = scene.company;
    for (const [nth, place] of places.entries())
      scene.stage.play(`${kind} of ${place.channel}`, async () => {
        for (let one = nth; one < times; one += places.length) {
          await goWrong(scene, injections[kind], minutes(0.1), place);
          await scene.stage.rest(minutes(0.75));
        }
      });
  };

/** So many of a kind in a minute: a dozen, or five where whoever keeps the shops is away for seconds after each. */
const within = (times: number, aMinute: number): number => minutes(Math.max(1, times / aMinute));

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
      begin: (scene, kind) => (kind === 'lateRequest' ? inTurn(wrong) : anywhere(wrong, usual))(scene, kind),
      millis: usual,
    },
    { kinds: ['feedOutage'], begin: inTurn(wrong), millis: minutes(1) },
    { kinds: ['crashed'], begin: anywhere(wrong, dying), millis: dying },
  ];
  return phases
    .map((phase) => ({ ...phase, kinds: phase.kinds.filter(isWanted) }))
    .filter(({ kinds }) => kinds.length > 0);
};

/** Business alone. */
export const calmPhase: Phase = { kinds: [], begin: () => undefined, millis: minutes(1) };

/** Plays it to its end. @param business other things that happen meanwhile */
export const playPhase = async (scene: Scene, business: number, { kinds, begin, millis }: Phase): Promise<void> => {
  const { stage } = scene;
  const begun = stage.millis();
  for (let acts = 0; acts < business; acts += 1) stage.play('business', () => doBusiness(scene));
  for (const kind of kinds) begin(scene, kind);
  await stage.passUntil(begun + millis + endsMillis);
  while (!stage.isOver()) await stage.passUntil(stage.millis() + minutes(0.5));
};
