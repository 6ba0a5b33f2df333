internal import Platform

/// A server that passes connections on, and the name and password for it.
///
/// Follows http.c of git and the manual of curl: `remote.<name>.proxy`, `http.<url>.proxy`, then `https_proxy`,
/// `HTTPS_PROXY`, `http_proxy`, `all_proxy` and `ALL_PROXY`; `no_proxy` and `NO_PROXY` go before all of them.
struct Proxy: Hashable {
    let host: String
    let port: UInt16
    /// `user:password` as the address has it, decoded; nil without one.
    let userInfo: [UInt8]?
    /// The setting or the variable that names it.
    let source: String

    /// The proxy on the way to a server; nil for none.
    ///
    /// - Parameters:
    ///   - origin: The server.
    ///   - setting: What the remote's own setting says, where there is one.
    ///   - settings: What the configuration says about the server.
    ///   - environment: For the variables.
    /// - Throws: ``GitError`` where the proxy is of a kind that nbgit does not know.
    init?(
        for origin: Origin, remote setting: Configuration.Entry?, _ settings: HTTPSettings,
        environment: Environment
    ) throws(GitError) {
        guard !Self.isExcepted(origin, environment) else { return nil }
        let lowercased = "\(origin.scheme.rawValue)_proxy"
        // A web server could be made to set HTTP_PROXY for a program it starts.
        let names =
            [lowercased] + (origin.scheme == .https ? [lowercased.uppercased()] : [])
            + ["all_proxy", "ALL_PROXY"]
        let configured = setting ?? settings.entry("proxy")
        let named = names.first { environment[$0]?.isEmpty == false }
        guard let text = configured?.value ?? named.flatMap({ environment[$0] }), !text.isEmpty
        else { return nil }
        source = configured?.name ?? named ?? ""
        let parts = text.split(separator: "://", maxSplits: 1, omittingEmptySubsequences: false)
        let scheme = parts.count == 2 ? parts[0].lowercased() : "http"
        guard scheme == "http" else {
            throw GitError(
                "\(source) names a proxy of the kind '\(Path(scheme).displayName)', which nbgit does not know",
                hint: "use one that begins with 'http://'")
        }
        var rest = parts.last ?? ""
        if let at = rest.prefix(while: { $0 != "/" }).lastIndex(of: "@") {
            userInfo = RemoteAddress.decoded(rest[..<at])
            rest = rest[rest.index(after: at)...]
        } else {
            userInfo = nil
        }
        // The address is taken apart as that of a server is; only the usual port is another.
        let place = rest.prefix { $0 != "/" }
        let hasPort =
            place.last != "]" && place.drop { $0 != "]" }.contains(":")
            || (!place.contains("[") && place.contains(":"))
        guard let address = ServerAddress("http://\(place)\(hasPort ? "" : ":1080")/") else {
            throw GitError(
                "\(source) is no address of a proxy",
                hint: "write it as http://proxy.example.com:3128")
        }
        host = address.origin.host
        port = address.origin.port
    }

    /// Whether `no_proxy` names the server: its whole name, the end of it behind a period, or `*`.
    private static func isExcepted(_ origin: Origin, _ environment: Environment) -> Bool {
        let list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? ""
        let host = origin.host
        return list.lowercased().split { $0 == "," || $0 == " " }.contains { entry in
            if entry == "*" { return true }
            var name = entry.first == "." ? entry.dropFirst() : entry
            if let port = name.firstIndex(of: ":"), name.first != "[" {
                guard UInt16(name[name.index(after: port)...]) == origin.port else { return false }
                name = name[..<port]
            }
            return host == name || host.hasSuffix(".\(name)") || host == "[\(name)]"
        }
    }
}
