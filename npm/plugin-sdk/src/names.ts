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

type Own<Kind extends string, None = never> =
  FrameworkM.Shell extends Readonly<Record<Kind, infer Names>> ? Names : None

type NameOf<Kind extends string> =
  FrameworkM.Composition extends Readonly<Record<Kind, infer Names>> ? Names | Own<Kind> : string

type TypesOf<Kind extends string> =
  FrameworkM.Composition extends Readonly<Record<Kind, infer Types>>
    ? Types & Own<Kind, unknown>
    : Readonly<Record<string, unknown>>

type TypeOf<Kind extends string, Name> = Name extends keyof TypesOf<Kind> ? TypesOf<Kind>[Name] : unknown

/** The name of a plugin. */
export type PluginName = NameOf<'plugin'>
/** The id of an extension point, of a plugin or a standard one. */
export type ExtensionPointId = NameOf<'extensionPoint'>
/** A permission as `resource:action`. */
export type PermissionName = NameOf<'permission'>
/** The name of a service. */
export type ServiceName = keyof TypesOf<'services'> & string
/** What the factory of a service returns. */
export type Service<Name> = TypeOf<'services', Name>
/** What the extension point hands to the components that fill it. */
export type ExtensionProps<Point> = TypeOf<'extensionProps', Point>
/** The settings of a plugin, by name. */
export type SettingsOf<Plugin> = TypeOf<'settingsOf', Plugin>
