export type {
  ConnectionAnswer,
  ConnectionChange,
  ConnectionHistoryRow,
  Connections,
  LadderStep,
  NewConnection,
  ShownConnection,
  Wanted,
} from './connections.js';
export { maintenanceOf, ownSettings } from './maintenance.js';
export { connectorKinds, kindsOf, type ConnectorKinds } from './kinds/kinds.js';
export { SecretsError } from './lock/secrets-key.js';
export { openConnections, type OpenConnectionsOptions } from './open-connections.js';
export type { ConnectionRefusal } from './standing/standing.js';
export { connectionsModule } from './statements.js';
