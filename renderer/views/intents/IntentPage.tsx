import { useNavigate, useParams } from '@tanstack/react-router'
import { inBackground } from '../../host/inBackground.ts'
import { IntentView } from '../intent/IntentView.tsx'

/** One intent on a screen of its own, for a link or a second window. */
export function IntentPage() {
  const { id } = useParams({ from: '/intents/$id' })
  const navigate = useNavigate()
  return (
    <div className="intent-page">
      <h1 className="visually-hidden">Intent</h1>
      <IntentView
        id={id}
        onClose={() => {
          inBackground('going to the list', navigate({ to: '/intents' }))
        }}
      />
    </div>
  )
}
