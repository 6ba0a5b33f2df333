internal import Platform

/// Where the certificates lie that are trusted, and who said so.
///
/// The first of these: `GIT_SSL_CAINFO` and `GIT_SSL_CAPATH`; `http.<url>.sslCAInfo` and `http.<url>.sslCAPath`;
/// `SSL_CERT_FILE` and `SSL_CERT_DIR`; the system's own.
///
/// Follows http.c of git and openssl-env(7).
struct TrustPlace: Hashable {
    var file: Path?
    var folder: Path?
    /// The setting or the variable; nil for the system's own.
    var source: String?
    /// Whether certificates are looked at at all.
    var isVerifying = true

    /// Finds the place for a server.
    init(
        for settings: HTTPSettings, environment: Environment
    ) throws(GitError) {
        if environment["GIT_SSL_NO_VERIFY"] != nil {
            (isVerifying, source) = (false, "GIT_SSL_NO_VERIFY")
        } else if let entry = settings.personal("sslverify"), !entry.isTrue {
            (isVerifying, source) = (false, entry.name)
        }
        let variables = [("GIT_SSL_CAINFO", "GIT_SSL_CAPATH"), ("SSL_CERT_FILE", "SSL_CERT_DIR")]
        if take(environment, variables[0]) { return }
        file = try settings.path("sslcainfo")
        folder = try settings.path("sslcapath")
        if file != nil || folder != nil {
            source = source ?? (file != nil ? "http.sslCAInfo" : "http.sslCAPath")
            return
        }
        if take(environment, variables[1]) { return }
        folder = Self.systemFolders.first(where: Self.isHashed)
        if folder == nil { file = Self.systemFiles.first { (try? File.status(of: $0)) != nil } }
    }

    private mutating func take(_ environment: Environment, _ names: (String, String)) -> Bool {
        file = environment.path(names.0).flatMap { $0.bytes.isEmpty ? nil : $0 }
        folder = environment.path(names.1).flatMap { $0.bytes.isEmpty ? nil : $0 }
        guard file != nil || folder != nil else { return false }
        source = source ?? (file != nil ? names.0 : names.1)
        return true
    }

    /// Folders with a file for each certificate: only those that are needed are read.
    private static let systemFolders: [Path] = ["/etc/ssl/certs", "/etc/pki/tls/certs"]

    /// Files with all of them: Debian, Fedora, openSUSE, RHEL, Alpine and the BSDs, in that order.
    private static let systemFiles: [Path] = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
        "/etc/ssl/ca-bundle.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
        "/etc/ssl/cert.pem", "/usr/local/share/certs/ca-root-nss.crt",
    ]

    /// Whether certificates lie there under the names that OpenSSL looks for: `4042bcee.0`.
    private static func isHashed(_ folder: Path) -> Bool {
        let found = Folder.walk(folder) { entry in
            entry.kind == .folder ? .skip : isHash(entry.name) ? .take : .skip
        }
        return !found.taken.isEmpty
    }

    private static func isHash(_ name: Path) -> Bool {
        let digits = name.bytes.prefix(8)
        return name.bytes.count == 10 && name.bytes.suffix(2) == Array(".0".utf8)[...]
            && digits.allSatisfy { UInt8(ascii: "0") <= $0 && $0 <= UInt8(ascii: "f") }
    }
}
