import { appearanceWords } from '../i18n/frame.ts'
import classes from './appearance-choices.module.css'
import { useAppearance } from './appearance.ts'
import { Choice } from './choice.tsx'
import { useChooseAppearance } from './use-choose-appearance.ts'

const schemes = (['auto', 'light', 'dark'] as const).map((value) => ({
  value,
  label: appearanceWords.schemes[value],
}))
const densities = (['comfortable', 'compact'] as const).map((value) => ({
  value,
  label: appearanceWords.densities[value],
}))

/** The two choices of appearance; each takes effect at once and is kept in the settings. */
export function AppearanceChoices() {
  const { colourScheme, density } = useAppearance()
  const choose = useChooseAppearance()
  return (
    <>
      <div className={classes.line}>
        <span>{appearanceWords.theme}</span>
        <Choice
          label={appearanceWords.theme}
          value={colourScheme}
          options={schemes}
          onChange={(value) => choose({ colourScheme: value })}
        />
      </div>
      <div className={classes.line}>
        <span>{appearanceWords.density}</span>
        <Choice
          label={appearanceWords.density}
          value={density}
          options={densities}
          onChange={(value) => choose({ density: value })}
        />
      </div>
    </>
  )
}
