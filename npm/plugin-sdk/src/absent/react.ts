import { absent } from './absent.js'

const needsReact = (part: string) => absent(part, 'React', 'react')

export function ContentProviders(): never {
  return needsReact('ContentProviders')
}
export function ExtensionPoint(): never {
  return needsReact('ExtensionPoint')
}
export function PluginBoundary(): never {
  return needsReact('PluginBoundary')
}
export function PluginProvider(): never {
  return needsReact('PluginProvider')
}
export function useExtensions(): never {
  return needsReact('useExtensions')
}
export function usePermission(): never {
  return needsReact('usePermission')
}
export function usePlugin(): never {
  return needsReact('usePlugin')
}
export function usePluginMenu(): never {
  return needsReact('usePluginMenu')
}
export function usePluginRegistry(): never {
  return needsReact('usePluginRegistry')
}
export function usePluginRoutes(): never {
  return needsReact('usePluginRoutes')
}
export function usePlugins(): never {
  return needsReact('usePlugins')
}
export function useService(): never {
  return needsReact('useService')
}
export function useSettings(): never {
  return needsReact('useSettings')
}
