/* What is used of packages that come without types. */

declare module 'snappyjs' {
  /** One block. @throws Error when it is none, or longer than `bytesMax` */
  const snappy: { readonly uncompress: (packed: Uint8Array, bytesMax?: number) => Uint8Array };
  export default snappy;
}

declare module 'lz4js' {
  /** A frame. */
  const lz4: {
    /** At least as many bytes as it unpacks to. @throws Error when it is no frame */
    readonly decompressBound: (packed: Uint8Array) => number;
    /** @throws Error when it is no frame */
    readonly decompress: (packed: Uint8Array, bytesMax?: number) => Uint8Array;
  };
  export default lz4;
}
