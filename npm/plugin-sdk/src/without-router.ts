// The root where React Router is not installed: what needs it throws when it is called.
export * from './absent/router.js'
export * from './core.js'
export * from './react/index.js'
// The component has the name, as in the root.
export { ExtensionPoint } from './react/index.js'
