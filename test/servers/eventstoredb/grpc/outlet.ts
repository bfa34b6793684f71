import type { ServerWritableStream } from '@grpc/grpc-js';
import { once } from 'node:events';
import type { streams } from './messages.js';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** Writes to a caller no faster than it reads; false once the caller has gone. */
export const writeTo = async (call: ReadCall, response: streams.ReadResp): Promise<boolean> => {
  if (call.cancelled || call.destroyed) return false;
  if (call.write(response)) return true;
  await Promise.race([once(call, 'drain'), once(call, 'cancelled'), once(call, 'close')]);
  return isOpen(call);
};

export const isOpen = (call: ReadCall): boolean => !call.cancelled && !call.destroyed;
