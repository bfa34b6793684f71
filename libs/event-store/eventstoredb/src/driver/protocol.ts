/**
 * The messages and services of EventStoreDB as its client package ships them. CommonJS that assembles its exports at
 * run time: they are found through the default import alone.
 */
import type { BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import serverFeaturesServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import sharedMessages from '@eventstore/db-client/generated/shared_pb.js';
import streamsServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import streamsMessages from '@eventstore/db-client/generated/streams_pb.js';

export const { ServerFeaturesClient } = serverFeaturesServices;
export const { StreamsClient } = streamsServices;
export const shared = sharedMessages;
export const streams = streamsMessages;

export type StreamsCaller = InstanceType<typeof StreamsClient>;
export type { BatchAppendReq, BatchAppendResp, ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
export type RecordedMessage = NonNullable<ReturnType<NonNullable<ReturnType<ReadResp['getEvent']>>['getEvent']>>;
export type StatusMessage = NonNullable<ReturnType<BatchAppendResp['getError']>>;
