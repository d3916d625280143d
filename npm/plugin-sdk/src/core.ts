export type { Component, ComponentReference, LazyComponent } from './component.js'
export type {
  ComposedCondition,
  ComposedPlugin,
  ExtensionNode,
  ExtensionPointNode,
  Lazy,
  MenuNode,
  ModuleNode,
  Plugin,
  PluginCode,
  ProviderNode,
  RouteNode,
  Text,
  WrittenPlugin,
} from './composed.js'
export type { Condition } from './condition.js'
export type { ConditionContext } from './conditions.js'
export type {
  PluginContext,
  PluginEvents,
  PluginLogger,
  PluginPermissions,
  PluginServices,
  PluginStorage,
} from './context.js'
export { defineExtensionPoint } from './define-extension-point.js'
export { definePlugin } from './define-plugin.js'
export { EventBus } from './events.js'
export type { Extension, ExtensionPoint } from './extension.js'
export { follow, type PluginSource } from './follow.js'
export type { Icon } from './icon.js'
export type { PluginInfo, PluginStatus } from './info.js'
export type { Deadlines } from './instance.js'
export type { MenuItem, ModuleDescription } from './menu.js'
export type {
  ExtensionPointId,
  ExtensionProps,
  PermissionName,
  PluginName,
  Service,
  ServiceName,
  SettingsOf,
} from './names.js'
export type { PluginRegistryOptions } from './options.js'
export type { Permission } from './permission.js'
export { PermissionError, type PermissionPolicy } from './permissions.js'
export type { Activation, FrameworkMPlugin, LifecycleHook } from './plugin.js'
export { PluginError, type PluginPhase } from './plugin-error.js'
export type { Provider } from './provider.js'
export { PluginRegistry } from './registry.js'
export type { PluginRoute } from './route.js'
export type { RoutePath } from './route-path.js'
export type { ServiceFactories, ServiceFactory } from './service.js'
export { ServiceContainer, ServiceError, transient } from './service-container.js'
export type { BooleanSetting, NumberSetting, Setting, StringSetting } from './setting.js'
export { Settings, type SettingValue, type SettingValues } from './settings.js'
export { type PluginEvent, type PluginState, transition, transitions } from './state.js'
export { memoryStorage, type StorageDriver, type WebStorage, webStorage } from './storage.js'
export { StorageError } from './storage-error.js'
