import type { StockState } from '../state/state.js';
import { unreachable } from '../unreachable.js';
import { acknowledge } from './acknowledge.js';
import { adjust } from './adjust.js';
import { assemble } from './assemble.js';
import type { StockDecision } from './conclude.js';
import { count } from './count.js';
import { openDraft, type AskedOfStock } from './draft.js';
import { expectIncoming } from './expect-incoming.js';
import { extend } from './extend.js';
import { issue } from './issue.js';
import { moveBetweenBuckets } from './move-buckets.js';
import { moveCommitment } from './move-commitment.js';
import { observe } from './observe.js';
import { setOrderTarget } from './order-target.js';
import { receive } from './receive.js';
import { release } from './release.js';
import { reserve } from './reserve.js';
import { returnStock } from './return.js';
import { setQuota } from './set-quota.js';
import { sweep } from './sweep.js';
import { closeTransfer, dispatchTransfer, receiveTransfer } from './transfer.js';
import { undo } from './undo.js';

/**
 * What becomes of a command on one SKU: events, or a refusal with the numbers that explain it. Pure: what it depends on
 * beside the state (time, policies, facts that the state has forgotten) stands in `asked`.
 */
export const decide = (asked: AskedOfStock, state: StockState): StockDecision => {
  const { command } = asked;
  const draft = openDraft(asked, state);
  switch (command.kind) {
    case 'receipt':
      return receive(command, draft);
    case 'issue':
      return issue(command, draft);
    case 'return':
      return returnStock(command, draft);
    case 'adjustment':
      return adjust(command, draft);
    case 'count':
      return count(command, draft);
    case 'observation':
      return observe(command, draft);
    case 'bucket_change':
      return moveBetweenBuckets(command, draft);
    case 'assembly':
      return assemble(command, draft);
    case 'transfer_dispatch':
      return dispatchTransfer(command, draft);
    case 'transfer_receipt':
      return receiveTransfer(command, draft);
    case 'transfer_close':
      return closeTransfer(command, draft);
    case 'incoming':
      return expectIncoming(command, draft);
    case 'reserve':
      return reserve(command, draft);
    case 'extend':
      return extend(command, draft);
    case 'release':
      return release(command, draft);
    case 'undo':
      return undo(command, draft);
    case 'order_target':
      return setOrderTarget(command, draft);
    case 'move_commitment':
      return moveCommitment(command, draft);
    case 'acknowledge_commitment':
      return acknowledge(command, draft);
    case 'set_quota':
      return setQuota(command, draft);
    case 'sweep':
      return sweep(draft);
    default:
      return unreachable(command);
  }
};
