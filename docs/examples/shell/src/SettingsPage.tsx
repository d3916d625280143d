import {
  type PluginName,
  type Setting,
  type SettingValue,
  type SettingValues,
  usePluginRegistry,
  usePlugins,
  useSettings,
} from '@framework-m/plugin-sdk'
import { useId } from 'react'

/** A form for the settings of all plugins, out of their declarations. */
export function SettingsPage() {
  const { settings } = usePluginRegistry()
  return usePlugins().map(({ name }) => {
    const schema = Object.entries(settings.schema(name))
    return schema.length > 0 && <Fields key={name} plugin={name} schema={schema} />
  })
}

function Fields({ plugin, schema }: { plugin: string; schema: [string, Setting][] }) {
  const values: SettingValues = useSettings(plugin as PluginName)
  return (
    <fieldset>
      <legend>{plugin}</legend>
      {schema.map(([name, setting]) => (
        <Field key={name} {...{ plugin, name, setting }} value={values[name]} />
      ))}
    </fieldset>
  )
}

type FieldProps = { plugin: string; name: string; setting: Setting; value: SettingValue | undefined }

function Field({ plugin, name, setting, value }: FieldProps) {
  const id = useId()
  const { settings } = usePluginRegistry()
  const choose = (chosen: SettingValue) => void settings.set(plugin, name, chosen)
  return (
    <p>
      <label htmlFor={id}>{setting.label ?? name}</label>
      {setting.type === 'boolean' ? (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={(event) => choose(event.target.checked)}
        />
      ) : setting.type === 'number' ? (
        <input
          id={id}
          type="number"
          value={Number(value)}
          onChange={(event) => choose(Number(event.target.value))}
        />
      ) : (
        <input id={id} value={String(value ?? '')} onChange={(event) => choose(event.target.value)} />
      )}
    </p>
  )
}
