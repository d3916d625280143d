import type { Component, LazyComponent } from './component.js'

/** The name of an icon that the shell knows, such as `box`, or a component that draws one. */
export type Icon = string | Component | LazyComponent
