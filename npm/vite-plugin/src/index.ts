export { type FrameworkMOptions, pluginFor } from './plugin.js'
