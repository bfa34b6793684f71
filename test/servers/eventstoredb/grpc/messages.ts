/**
 * The messages and services of the protocol, as the client package ships them. They are CommonJS whose names Node cannot
 * see from outside, so each file comes as its default export.
 */
export { default as streams } from '@eventstore/db-client/generated/streams_pb.js';
export { default as shared } from '@eventstore/db-client/generated/shared_pb.js';
export { default as gossip } from '@eventstore/db-client/generated/gossip_pb.js';
export { default as features } from '@eventstore/db-client/generated/serverfeatures_pb.js';
export { default as statuses } from '@eventstore/db-client/generated/status_pb.js';
export { default as streamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
export { default as gossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
export { default as featuresService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
export { default as codes } from '@eventstore/db-client/generated/code_pb.js';
