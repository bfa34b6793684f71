export { AvailabilityModule } from './module.js';
export {
  AVAILABILITY,
  startAvailability,
  type AvailabilityOptions,
  type AvailabilityService,
  type ProjectionHealth,
} from './composition/start-availability.js';
export * from './relays/index.js';
export * from './told/index.js';
