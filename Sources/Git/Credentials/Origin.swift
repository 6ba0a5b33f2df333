/// A server: who may see a credential, and who else may not.
///
/// Two addresses have the same origin when scheme, host and port are the same; another port is another server.
///
/// Follows RFC 6454.
public struct Origin: Hashable, Sendable {
    /// How the server is spoken to.
    public enum Scheme: String, Sendable {
        /// With TLS.
        case https
        /// Without, so that everybody between sees everything.
        case http

        /// The usual port.
        public var port: UInt16 { self == .https ? 443 : 80 }
    }

    /// How the server is spoken to.
    public let scheme: Scheme
    /// Its name in small letters, or its IP address; one of version 6 in brackets.
    public let host: String
    /// The port, also where the address did not name it.
    public let port: UInt16

    init(scheme: Scheme, host: String, port: UInt16) {
        self.scheme = scheme
        self.host = host
        self.port = port
    }

    /// The origin of an http or https address; nil for other schemes, and where programs could read it in different ways.
    ///
    /// - Parameter url: The address; a user name and a path in it do not matter.
    public init?(_ url: RemoteURL) {
        guard let address = ServerAddress(url.text) else { return nil }
        self = address.origin
    }

    /// Whether the server is this machine, so that nobody listens between.
    public var isLoopback: Bool {
        host == "localhost" || host == "[::1]" || isIPv4Loopback
    }

    private var isIPv4Loopback: Bool {
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return numbers.count == 4 && numbers.first == 127 && !numbers.contains(nil)
    }

    /// Host and port as git's helpers are told: the port only where it is not the usual one.
    public var hostAndPort: String {
        port == scheme.port ? host : "\(host):\(port)"
    }
}

extension Origin: CustomStringConvertible {
    /// Such as `https://example.com` or `https://example.com:8443`.
    public var description: String { "\(scheme.rawValue)://\(hostAndPort)" }
}
