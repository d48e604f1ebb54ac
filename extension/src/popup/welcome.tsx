/** What is shown while no account is connected. */
export function Welcome() {
  return (
    <main className="popup popup-welcome" data-standing="unpaired">
      <h1 className="popup-account">Connect an account</h1>
      <p className="muted">
        See what is left of your plan on the toolbar, and read why when work stops. UsageKit can read figures
        only; it cannot buy or change anything.
      </p>
      <button
        type="button"
        className="button"
        data-kind="primary"
        onClick={() => void chrome.runtime.openOptionsPage()}
      >
        Connect
      </button>
    </main>
  );
}
