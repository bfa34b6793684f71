export const CONNECTIONS = Symbol('Connections');
export const KNOWN_CHANNELS = Symbol('KnownChannels');
export const SHOPS = Symbol('Shops');
export const WORKERS = Symbol('Workers');
export const ALERTS = Symbol('Alerts');
export const HINT_DESK = Symbol('HintDesk');
