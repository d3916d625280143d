/*
 * The names of a composition as types. `framework-m.d.ts`, which the composer writes, fills `FrameworkM.Composition`; while it
 * is not part of the program every name is a string, and what it stands for is unknown.
 */
declare global {
  namespace FrameworkM {
    /** What the plugins bring, by kind of name. */
    interface Composition {}

    /** What the shell itself adds, by the same kinds: `interface Shell { routePath: '/settings' }`. */
    interface Shell {}
  }
}

/**
 * A member of an interface, if it is there. Nothing else of the interface is looked at: what a configuration's type depends
 * on must not lead back to the configuration.
 */
type Member<Kinds, Kind, None> = Kind extends keyof Kinds ? Kinds[Kind] : None

/** The names of a kind, of the plugins and of the shell. */
export type NameOf<Kind extends string> = Kind extends keyof FrameworkM.Composition
  ? FrameworkM.Composition[Kind] | Member<FrameworkM.Shell, Kind, never>
  : string

/** What the names of a kind stand for. */
type TypesOf<Kind extends string> = Kind extends keyof FrameworkM.Composition
  ? FrameworkM.Composition[Kind] & Member<FrameworkM.Shell, Kind, unknown>
  : Readonly<Record<string, unknown>>

type TypeOf<Kind extends string, Name, None> = string extends keyof TypesOf<Kind>
  ? None
  : Name extends keyof TypesOf<Kind>
    ? TypesOf<Kind>[Name]
    : None

/** The name of a plugin. */
export type PluginName = NameOf<'plugin'>
/** The id of an extension point, of a plugin or a standard one. */
export type ExtensionPointId = NameOf<'extensionPoint'>
/** A permission as `resource:action`. */
export type PermissionName = NameOf<'permission'>
/** The name of a service. */
export type ServiceName = keyof TypesOf<'services'> & string
/** What the factory of a service returns, promises waited for. */
export type Service<Name> = TypeOf<'services', Name, unknown>
/**
 * What an extension point hands to the components that fill it. Where its plugin does not say, that is `{}`; while it is not
 * known, anything.
 */
export type ExtensionProps<Point> = TypeOf<'extensionProps', Point, Readonly<Record<string, unknown>>>
/** The settings of a plugin, by name. */
export type SettingsOf<Plugin> = TypeOf<
  'settingsOf',
  Plugin,
  Readonly<Record<string, string | number | boolean>>
>
