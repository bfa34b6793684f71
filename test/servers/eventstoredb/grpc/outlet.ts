import type { ServerWritableStream } from '@grpc/grpc-js';
import type { streams } from './messages.js';

export type ReadCall = ServerWritableStream<streams.ReadReq, streams.ReadResp>;

/** What a caller is given, no faster than it reads. */
export type Outlet = {
  /** False once the caller has gone. */
  readonly give: (response: streams.ReadResp) => Promise<boolean> | boolean;
  readonly isOpen: () => boolean;
  /** Called once, when the caller has gone. */
  readonly onGone: (listener: () => void) => void;
};

export const createOutlet = (call: ReadCall): Outlet => {
  let wake = (): void => undefined;
  for (const event of ['drain', 'cancelled', 'close']) call.on(event, () => wake());
  const isOpen = (): boolean => !call.cancelled && !call.destroyed;
  const drained = async (): Promise<boolean> => {
    await new Promise<void>((resolve) => (wake = resolve));
    return isOpen();
  };
  return {
    give: (response) => isOpen() && (call.write(response) || drained()),
    isOpen,
    onGone: (listener) => {
      call.once('cancelled', listener);
      call.once('close', listener);
    },
  };
};
