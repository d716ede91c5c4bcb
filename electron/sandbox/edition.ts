/** Raised with every change of what a seed tells: a story that was begun in another edition cannot go on in this one. */
export const EDITION = 1
