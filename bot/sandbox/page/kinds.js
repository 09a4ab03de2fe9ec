// Discord's numbers for kinds of messages and channels, by name.

// Flags of a message.
export const CROSSPOSTED = 1;
export const EPHEMERAL = 64;
export const LOADING = 128;
export const COMPONENTS_V2 = 1 << 15;

// Types of channels.
export const isThread = (channel) => [10, 11, 12].includes(channel?.type);
export const isForum = (channel) => [15, 16].includes(channel?.type);
