import { absent } from './absent.js'

const needsRouter = (part: string) => absent(part, 'React Router', 'react-router')

export function PluginRoutes(): never {
  return needsRouter('PluginRoutes')
}
export function toReactRouter(): never {
  return needsRouter('toReactRouter')
}
