import assert from 'node:assert/strict';
import type { PartitionAlarm } from '#messaging';
import { eventually, numbered, valuesOf, type MessagingCheck, type MessagingScene } from './scene.js';
import { firstOf, watching, type WatchOptions } from './watch.js';

/** It stands still with this alarm, told once, and gives nothing to anybody. */
const standsStill = (
  scene: MessagingScene,
  options: WatchOptions,
  reason: PartitionAlarm['reason'],
): Promise<PartitionAlarm> =>
  watching(scene, options, async ({ alarms, offered, consuming }) => {
    await eventually(scene, `no alarm ${reason}`, () => alarms.length > 0);
    assert.deepEqual(
      consuming.status().map(({ state }) => state),
      ['alarmed'],
    );
    assert.deepEqual([alarms.map((alarm) => alarm.reason), firstOf(offered)], [[reason], []]);
    return alarms[0] as PartitionAlarm;
  });

/** Messages that retention took before they were handled are never jumped over: an alarm, until a person says from where on. */
export const retentionPassedByIsNoJump: MessagingCheck = async (scene) => {
  const { trim } = scene.hands;
  if (trim === undefined) return;
  const topic = await scene.makeTopic();
  const options = { topics: [topic], group: scene.newName('group') };
  await scene.senders[0].send(topic, numbered('key', 10));
  await scene.positions[0].reset(options.group, topic, 0, { next: 3 });
  await trim(topic, 5);
  const alarm = await standsStill(scene, options, 'retention_passed_by');
  assert.deepEqual([alarm.topic, alarm.partition, alarm.position.next, alarm.low, alarm.high], [topic, 0, 3, 5, 10]);
  await scene.positions[0].reset(options.group, topic, 0, { next: alarm.low });
  await watching(scene, options, async ({ offered, hasHandled }) => {
    await hasHandled(['key 9']);
    assert.deepEqual(firstOf(offered), valuesOf(numbered('key', 5, 5)));
  });
};

/** A new group remembers where it began before it has handled anything: what goes until its next start is missed. */
export const remembersWhereItBegan: MessagingCheck = async (scene) => {
  const { trim } = scene.hands;
  const topic = await scene.makeTopic();
  const options = { topics: [topic], group: scene.newName('group') };
  const next = async () => (await scene.positions[0].load(options.group, topic)).get(0)?.next;
  await scene.senders[0].send(topic, numbered('key', 10));
  const handle = () => Promise.reject(new Error('not now'));
  await watching(scene, { ...options, handle }, async ({ troubles }) => {
    await eventually(scene, 'nothing came', () => troubles.length > 0);
    assert.equal(await next(), 0, 'it has not remembered where it began');
  });
  if (trim === undefined) return;
  await trim(topic, 5);
  const alarm = await standsStill(scene, options, 'retention_passed_by');
  assert.deepEqual([alarm.position.next, alarm.low], [0, 5]);
};

/** What was handled may go: a position at the first message there is has missed nothing. */
export const retentionOfWhatWasHandledIsNoAlarm: MessagingCheck = async (scene) => {
  const { trim } = scene.hands;
  if (trim === undefined) return;
  const topic = await scene.makeTopic();
  const options = { topics: [topic], group: scene.newName('group') };
  await scene.senders[0].send(topic, numbered('key', 10));
  await scene.positions[0].reset(options.group, topic, 0, { next: 5 });
  await trim(topic, 5);
  await watching(scene, options, async ({ offered, alarms, hasHandled }) => {
    await hasHandled(['key 9']);
    assert.deepEqual([firstOf(offered), alarms], [valuesOf(numbered('key', 5, 5)), []]);
  });
};

/** A topic made anew is another one, though it has the name: with fewer messages than the position, and with more. */
export const topicMadeAnewIsNoJump: MessagingCheck = async (scene) => {
  const { remake } = scene.hands;
  if (remake === undefined) return;
  const topic = await scene.makeTopic();
  const options = { topics: [topic], group: scene.newName('group') };
  await scene.senders[0].send(topic, numbered('old', 5));
  await watching(scene, options, async ({ hasHandled }) => {
    await hasHandled(['old 4']);
    const next = async () => (await scene.positions[0].load(options.group, topic)).get(0)?.next;
    await eventually(scene, 'the position does not follow', async () => (await next()) === 5);
  });
  await remake(topic);
  await scene.senders[0].send(topic, numbered('new', 3));
  await standsStill(scene, options, 'topic_made_anew');
  await scene.senders[0].send(topic, numbered('new', 5, 3));
  await standsStill(scene, options, 'topic_made_anew');
  await scene.positions[0].reset(options.group, topic, 0, { next: 0 });
  await watching(scene, options, async ({ offered, hasHandled }) => {
    await hasHandled(['new 7']);
    assert.deepEqual(firstOf(offered), valuesOf(numbered('new', 8)));
  });
};
