import { goWrong, injections } from './acts/injections.js';
import { goWrongInWoo, wooInjections } from './acts/woo-injections.js';
import type { MixedScene } from './acts/woo-shopping.js';
import type { Place } from './company/places.js';
import type { WooPlace } from './company/woo-place.js';
import {
  beginAnywhere,
  beginInTurn,
  restAfterOutage,
  restAfterRequest,
  within,
  type GoWrong,
  type Phase,
} from './phases.js';
import { minutes } from './scene.js';

/** What goes wrong in a burst in shops of both kinds: so many of each kind, and which kinds; all where that is left out. */
export type MixedWrong = {
  /** In the shops of WooCommerce, and in those of PrestaShop. */
  readonly wrongInWoo: number;
  readonly wrong: number;
  /** Of what whoever keeps the shops is cut off by, in each kind of shop: late requests, outages of feeds, crashes. */
  readonly cutOff: number;
  /** Orders that nobody could have read before they were gone, or other ones: in the first burst alone. */
  readonly unread: number;
  readonly kinds?: readonly string[];
};

/** They begin within a minute, some hundred at once. */
const usualMillis = minutes(1);

const cutOffKinds: ReadonlySet<string> = new Set(['lateRequest', 'feedOutage', 'crashed']);
const unreadKinds: ReadonlySet<string> = new Set(['deletedUnread', 'lineMovedUnread']);

const goAt =
  (scene: MixedScene): GoWrong<Place> =>
  (kind, withinMillis, place) =>
    goWrong(scene, injections[kind], withinMillis, place);

const goInWoo =
  (scene: MixedScene): GoWrong<WooPlace> =>
  (kind, withinMillis, place) =>
    goWrongInWoo(scene, wooInjections[kind], withinMillis, place);

/** In shops of a kind that has it. */
const beginTurns = (scene: MixedScene, kind: string, times: number): void => {
  const asked = { kind, times, restMillis: kind === 'lateRequest' ? restAfterRequest : restAfterOutage };
  beginInTurn(scene, { ...asked, places: scene.company.places }, goAt(scene));
  beginInTurn(scene, { ...asked, places: scene.woos }, goInWoo(scene));
};

const beginAll = (scene: MixedScene, { wrong, wrongInWoo, unread }: MixedWrong, kind: string): void => {
  const asked = { kind, withinMillis: usualMillis };
  if (kind in injections) beginAnywhere(scene, { ...asked, times: wrong }, goAt(scene));
  const times = unreadKinds.has(kind) ? unread : wrongInWoo;
  if (kind in wooInjections) beginAnywhere(scene, { ...asked, times }, goInWoo(scene));
};

/** As in the week of PrestaShop: what hides other things has its own time, with business going on. */
export const mixedPhasesOf = (scene: MixedScene, wrong: MixedWrong): readonly Phase[] => {
  const { kinds: wanted, cutOff } = wrong;
  const all = [...new Set([...Object.keys(injections), ...Object.keys(wooInjections)])];
  const dying = within(2 * cutOff, 5);
  const phases: readonly Phase[] = [
    {
      kinds: [...all.filter((kind) => !cutOffKinds.has(kind)), 'lateRequest'],
      begin: (_, kind) => (kind === 'lateRequest' ? beginTurns(scene, kind, cutOff) : beginAll(scene, wrong, kind)),
      millis: usualMillis,
    },
    { kinds: ['feedOutage'], begin: (_, kind) => beginTurns(scene, kind, cutOff), millis: minutes(1) },
    {
      kinds: ['crashed'],
      begin: (_, kind) => {
        beginAnywhere(scene, { kind, times: cutOff, withinMillis: dying }, goAt(scene));
        beginAnywhere(scene, { kind, times: cutOff, withinMillis: dying }, goInWoo(scene));
      },
      millis: dying,
    },
  ];
  return phases
    .map((phase) => ({ ...phase, kinds: phase.kinds.filter((kind) => wanted?.includes(kind) ?? true) }))
    .filter(({ kinds }) => kinds.length > 0);
};
