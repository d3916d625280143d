/** Something that keeps a plugin from being made: its message goes to the user, nothing was written, the exit code is 1. */
export class Refusal extends Error {}
