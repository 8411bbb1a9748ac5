/** One file that somebody might upload: `called` is the name it comes under. Built when asked for, never kept. */
export type HostileFile = { name: string; called: string; make: () => Buffer | Promise<Buffer> }
