/** What the toolbar button opens. */
export default function Popup() {
  return <p>UsageKit</p>;
}
