/// How long a server is waited for.
public struct NetworkLimits: Hashable, Sendable {
    /// For its name, the connection and the handshake together.
    public var connecting: Duration
    /// For the next byte, whenever one is waited for.
    public var idle: Duration

    /// Takes both.
    public init(connecting: Duration = .seconds(15), idle: Duration = .seconds(60)) {
        self.connecting = connecting
        self.idle = idle
    }

    /// Reads `nbgit.connectTimeout` and `nbgit.idleTimeout`, in seconds.
    ///
    /// - Throws: ``GitError`` where one is no positive number.
    init(_ configuration: Configuration) throws(GitError) {
        self.init()
        connecting = try Self.limit("nbgit.connectTimeout", configuration) ?? connecting
        idle = try Self.limit("nbgit.idleTimeout", configuration) ?? idle
    }

    private static func limit(
        _ name: String, _ configuration: Configuration
    ) throws(GitError) -> Duration? {
        guard let seconds = try configuration.integer(name) else { return nil }
        guard (1...86_400).contains(seconds) else {
            throw GitError("\(name) is \(seconds), which is no number of seconds from 1 to 86400")
        }
        return .seconds(seconds)
    }
}

extension Duration {
    /// Whole milliseconds.
    var milliseconds: Int32 {
        Int32(components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000)
    }

    /// Such as `15 s`.
    var inSeconds: String { "\(components.seconds) s" }
}
