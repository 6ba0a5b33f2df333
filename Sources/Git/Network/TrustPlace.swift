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
        let system = SystemCertificates(environment: environment)
        (file, folder) = (system.file, system.folder)
    }

    private mutating func take(_ environment: Environment, _ names: (String, String)) -> Bool {
        file = environment.path(names.0).flatMap { $0.bytes.isEmpty ? nil : $0 }
        folder = environment.path(names.1).flatMap { $0.bytes.isEmpty ? nil : $0 }
        guard file != nil || folder != nil else { return false }
        source = source ?? (file != nil ? names.0 : names.1)
        return true
    }
}
