export { defaultBounds, type Bounds } from './bounds.js';
export { createKernel, type Kernel, type KernelOptions } from './create-kernel.js';
export type { KernelMetric, OnMetric } from './metrics.js';
