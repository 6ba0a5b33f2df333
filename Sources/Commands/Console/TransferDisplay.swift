internal import Git
internal import Platform
internal import Workspace

/// Shows how far a transfer is, and what the server says.
final class TransferDisplay {
    private let console: Console
    private var lastShown = Stopwatch()
    private var lastStep: TransferEvent.Step?

    /// A person sees no more than this.
    private static let pause = Duration.milliseconds(80)

    init(_ console: Console) { self.console = console }

    func show(_ event: TransferEvent) {
        switch event {
        case .serverLine(let text, let isPassing):
            if isPassing || Self.isAboutProgress(text) {
                if !isPassing { console.whisper("remote: \(text)") }
                if isDue(nil) { console.progress("remote: \(text)") }
            } else {
                console.say("remote: \(text)")
            }
        case .warning(let text): console.note(Failure(text))
        case .progress(let step, let done, let total, let byteCount):
            guard isDue(step) || done == total else { return }
            let amount = byteCount > 0 ? ", \(Self.amount(byteCount))" : ""
            console.progress(done, of: total, step.verb, suffix: amount)
        }
    }

    private func isDue(_ step: TransferEvent.Step?) -> Bool {
        guard step != lastStep || lastShown.elapsed >= Self.pause else { return false }
        lastStep = step
        lastShown = Stopwatch()
        return true
    }

    /// Whether git says it about its own work, which is of interest only while it lasts.
    ///
    /// Follows the calls of start_progress in builtin/pack-objects.c and builtin/index-pack.c of git, and JGit.
    private static func isAboutProgress(_ text: String) -> Bool {
        let starts = [
            "Enumerating objects: ", "Counting objects: ", "Compressing objects: ", "Total ",
            "Resolving deltas: ", "Receiving objects: ", "Unpacking objects: ",
            "Finding sources: ", "Getting sizes: ", "Writing objects: ", "Checking connectivity: ",
        ]
        return starts.contains { text.hasPrefix($0) }
    }

    /// Such as `512 kB` or `1.5 MB`.
    static func amount(_ byteCount: Int) -> String {
        guard byteCount >= 1_000_000 else { return "\((byteCount + 999) / 1000) kB" }
        return "\(byteCount / 1_000_000).\(byteCount % 1_000_000 / 100_000) MB"
    }
}

extension TransferEvent.Step {
    fileprivate var verb: String {
        switch self {
        case .receiving: "receiving objects"
        case .resolving: "resolving deltas"
        case .counting: "counting objects"
        case .sending: "sending objects"
        }
    }
}

extension Context {
    /// What an operation over the network gets: who we are, and whom to tell what happens.
    ///
    /// - Parameters:
    ///   - url: The remote's own address.
    ///   - readsToken: Whether `--token-stdin` was given.
    ///   - checkout: The repository.
    /// - Returns: Both.
    /// - Throws: ``Failure`` where what was handed over is no token.
    func access(
        to url: RemoteURL, readsToken: Bool, _ checkout: Checkout
    ) throws(Failure) -> NetworkAccess {
        try access(
            to: url, readsToken: readsToken, checkout.repository.configuration,
            connection(of: checkout))
    }

    /// The same, where there is no repository yet.
    func access(
        to url: RemoteURL, readsToken: Bool, _ configuration: Configuration,
        _ use: ConnectionUse? = nil
    ) throws(Failure) -> NetworkAccess {
        access(
            with: try credentials(
                for: url, readsToken: readsToken, configuration: configuration, use))
    }

    /// The same, where it is known who we are.
    func access(with credentials: CredentialChain?) -> NetworkAccess {
        let display = TransferDisplay(console)
        return NetworkAccess(
            credentials: credentials, isInteractive: console.isAtTerminal,
            observe: { display.show($0) })
    }
}
