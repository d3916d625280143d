/** A value that the people who run the shell may change. Its name is its key in `settings`. */
export type Setting = StringSetting | NumberSetting | BooleanSetting

/** A setting that holds text. */
export interface StringSetting {
  type: 'string'
  /** The value until somebody changes it. */
  default?: string
  /** What the user reads. Default: the name of the setting. */
  label?: string
}

/** A setting that holds a number; its label should name the unit. */
export interface NumberSetting {
  type: 'number'
  /** The value until somebody changes it. */
  default?: number
  /** What the user reads. Default: the name of the setting. */
  label?: string
}

/** A setting that is on or off. */
export interface BooleanSetting {
  type: 'boolean'
  /** The value until somebody changes it. */
  default?: boolean
  /** What the user reads. Default: the name of the setting. */
  label?: string
}
