internal import Platform

/// How to get to one http or https server: its address, the proxy before it, whom to trust, how long to wait.
struct ServerRoute {
    let address: ServerAddress
    let limits: NetworkLimits
    let proxy: Proxy?
    let trustPlace: TrustPlace?

    var origin: Origin { address.origin }

    /// Reads the settings and the variables; no certificate yet.
    ///
    /// - Parameters:
    ///   - address: The server.
    ///   - remote: The name of the remote, for `remote.<name>.proxy`.
    ///   - configuration: What git is told.
    ///   - environment: The variables that git listens to.
    /// - Throws: ``GitError`` where a setting cannot be used.
    init(
        to address: ServerAddress, remote: Path?, _ configuration: Configuration,
        environment: Environment
    ) throws(GitError) {
        self.address = address
        limits = try NetworkLimits(configuration)
        let settings = try HTTPSettings(configuration, for: address)
        let own = try remote.flatMap { name throws(GitError) in
            try configuration.entry("remote.\(String(decoding: name.bytes, as: UTF8.self)).proxy")
        }
        proxy = try Proxy(
            for: address.origin, remote: own, settings, environment: environment)
        trustPlace =
            address.origin.scheme == .https
            ? try TrustPlace(for: settings, environment: environment) : nil
    }

    /// What the person should know before anything is sent; nil for nothing.
    var warning: String? {
        guard let trustPlace, !trustPlace.isVerifying else { return nil }
        return "nobody looks at the certificate of '\(origin.host)', because "
            + "\(trustPlace.source ?? "") says so: whoever is in between sees everything"
    }

    /// Reads the certificates to trust; nil where none is needed.
    func trust() throws(GitError) -> Trust? {
        try trustPlace.map { place throws(GitError) in try Trust(place) }
    }

    /// Goes there.
    func connect(_ trust: Trust?) throws(GitError) -> HTTPConnection {
        let connection: HTTPConnection
        if let proxy {
            connection = try connect(through: proxy)
        } else {
            connection = HTTPConnection(
                try ServerConnection(origin.host, origin.port, peer: origin.host, limits: limits),
                peer: origin.host)
        }
        if let trust { try connection.secure(as: origin.host, trust) }
        return connection
    }

    /// Follows RFC 9110, 9.3.6.
    private func connect(through proxy: Proxy) throws(GitError) -> HTTPConnection {
        let name = "\(proxy.host):\(proxy.port)"
        let wire: ServerConnection
        do throws(GitError) {
            wire = try ServerConnection(proxy.host, proxy.port, peer: proxy.host, limits: limits)
        } catch let error where error.network != nil {
            throw GitError(
                "the proxy: \(error.message)",
                hint: "see http.proxy and https_proxy, or set no_proxy",
                network: error.network)
        }
        let connection = HTTPConnection(wire, peer: "the proxy \(name)")
        let target = "\(origin.host):\(origin.port)"
        let authorization = proxy.userInfo.map {
            HTTPAuthorization(name: "Proxy-Authorization", $0)
        }
        try connection.ask(["CONNECT \(target) HTTP/1.1", "Host: \(target)"], authorization)
        let head = try connection.head(isTunnel: true)
        switch head.status {
        case 200: return connection
        case 407:
            throw GitError(
                "the proxy \(name) wants a name and a password",
                hint: "put them into its address, in your own configuration: "
                    + "git config --global http.proxy http://<user>:<password>@\(name)",
                code: GitError.authenticationCode, network: .notReached)
        default:
            throw GitError(
                "the proxy \(name) does not lead to \(target): it answers \(head.status)",
                hint: "ask who runs it, or leave it out with no_proxy=\(origin.host)",
                network: .notReached)
        }
    }
}
