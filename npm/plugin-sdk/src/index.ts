export type { Component, ComponentReference, LazyComponent } from './component.js'
export type { Condition } from './condition.js'
export type {
  PluginContext,
  PluginEvents,
  PluginLogger,
  PluginPermissions,
  PluginServices,
  PluginStorage,
} from './context.js'
export { definePlugin } from './define-plugin.js'
export type { Extension, ExtensionPoint } from './extension.js'
export type { Icon } from './icon.js'
export type { MenuItem, ModuleDescription } from './menu.js'
export type { Permission } from './permission.js'
export type { Activation, FrameworkMPlugin, LifecycleHook } from './plugin.js'
export type { Provider } from './provider.js'
export type { PluginRoute } from './route.js'
export type { ServiceFactories, ServiceFactory } from './service.js'
export type { BooleanSetting, NumberSetting, Setting, StringSetting } from './setting.js'
