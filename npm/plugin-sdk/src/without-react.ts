// The root where React is not installed: what needs it throws when it is called.
export * from './absent/react.js'
export { ExtensionPoint } from './absent/react.js'
export * from './absent/router.js'
export * from './core.js'
