export * from './core.js'
export * from './react/index.js'
// The component has the name; the type of the same name, of a plugin's declaration, is in `/core`.
export { ExtensionPoint } from './react/index.js'
export * from './router/index.js'
