// What the shell has beside its plugins.
declare namespace FrameworkM {
  interface Shell {
    routePath: '/' | '/settings' | '/plugins'
    services: { 'shell.clock': { now(): Date } }
  }
}
