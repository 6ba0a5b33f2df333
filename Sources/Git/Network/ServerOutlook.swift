public import Platform

/// How a server would be spoken to: found out without asking it, or anybody else.
public struct ServerOutlook: Sendable {
    /// The server; nil for an address that leads to none of the web.
    public let origin: Origin
    /// The proxy before it as `host:port`, nil for none; a name and a password in its address are left out.
    public let proxy: String?
    /// The setting or the variable that names the proxy.
    public let proxySource: String?
    /// Where the certificates lie that are trusted; nil where none is needed, or none was found.
    public let certificates: Path?
    /// The setting or the variable that names them; nil for the system's own.
    public let certificatesSource: String?
    /// Who said that certificates are not to be looked at; nil where they are.
    public let isUnverifiedBecauseOf: String?
    private let trustPlace: TrustPlace?

    /// Reads the settings and the variables; nil for an address that is none of http or https.
    ///
    /// - Parameters:
    ///   - url: The address of the server.
    ///   - remote: The name of the remote, for `remote.<name>.proxy`.
    ///   - configuration: What git is told.
    ///   - environment: The variables that git listens to.
    /// - Throws: ``GitError`` where a setting cannot be used.
    public init?(
        of url: RemoteURL, remote: Path?, _ configuration: Configuration, environment: Environment
    ) throws(GitError) {
        guard let address = ServerAddress(url.text) else { return nil }
        let route = try ServerRoute(
            to: address, remote: remote, configuration, environment: environment)
        origin = route.origin
        proxy = route.proxy.map { "\($0.host):\($0.port)" }
        proxySource = route.proxy?.source
        let place = route.trustPlace
        trustPlace = place
        certificates = place?.file ?? place?.folder
        certificatesSource = place?.source
        isUnverifiedBecauseOf = place?.isVerifying == false ? place?.source ?? "" : nil
    }

    /// Reads the certificates that are trusted.
    ///
    /// - Throws: ``GitError`` where they cannot be read.
    public func requireCertificates() throws(GitError) {
        if let trustPlace, trustPlace.isVerifying { _ = try Trust(trustPlace) }
    }
}
