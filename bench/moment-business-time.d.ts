/** It has no types of its own and adds methods to `moment`. */
declare module 'moment-business-time';
