/*
 * Plugins import the SDK's root, also in shells without React Router. There its routes are of any type, and no error in a
 * program whose compiler looks at declarations (`skipLibCheck: false`): the comment stands in these, too.
 */
// biome-ignore lint/suspicious/noTsIgnore: where React Router is installed there is no error to expect
/** @ts-ignore */
export type { RouteObject } from 'react-router'
